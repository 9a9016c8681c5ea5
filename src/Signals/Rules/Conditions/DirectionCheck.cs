using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Finds rules that fire when a metric moves the good way, such as a page at a KV cache below 5 %.</summary>
/// <remarks>
/// A comparison of one metric with a constant points up or down; against the catalogue's direction it is inverted. An
/// inverted comparison may still narrow a condition that is not (<c>latency is high and the cache is free</c>), so
/// <c>and</c> needs one side that is not inverted, <c>or</c> needs both. A clear condition is the mirror image.
/// </remarks>
internal static class DirectionCheck
{
    /// <summary>The first comparison to blame, null when the condition points the right way.</summary>
    public static ConditionError? FindInverted(Expression condition, ConditionPurpose purpose) =>
        Find(condition, purpose == ConditionPurpose.Raise, purpose);

    private static ConditionError? Find(Expression expression, bool raises, ConditionPurpose purpose)
    {
        switch (expression)
        {
            case NotExpression e:
                return Find(e.Operand, !raises, purpose);
            case OverExpression { Kind: OverKind.Any or OverKind.All } e:
                return Find(e.Operand, raises, purpose);
            case LogicalExpression e:
                // Under "not" the joints swap their parts; in a clear condition each conjunct must point the right way.
                ConditionError? left = Find(e.Left, raises, purpose);
                ConditionError? right = Find(e.Right, raises, purpose);
                bool narrows = (e.Operator == LogicalOperator.And) == raises;
                return narrows ? (left is null || right is null ? null : left) : left ?? right;
            case ComparisonExpression e:
                return IsInverted(e, raises, out string? metric, out bool higherIsWorse)
                    ? new ConditionError(e.At.Value, (purpose == ConditionPurpose.Raise ? $"this fires when {metric} is well" : $"this clears while {metric} is bad")
                        + $": the catalogue says that {(higherIsWorse ? "higher" : "lower")} is worse")
                    : null;
            default:
                return null;
        }
    }

    private static bool IsInverted(ComparisonExpression comparison, bool raises, out string? metric, out bool higherIsWorse)
    {
        metric = null;
        higherIsWorse = false;
        if (comparison.Left is QualityExpression { Term: QualityTerm.Quality } quality)
        {
            metric = $"quality({quality.Dimension})";
            return (comparison.Operator == ComparisonOperator.Greater) == raises;
        }

        MetricFunctionExpression? call = Monotone(comparison.Left) ?? Monotone(comparison.Right);
        bool constant = IsConstant(comparison.Left) || IsConstant(comparison.Right);
        int points = Points(comparison);
        if (call is null || !constant || points == 0)
        {
            return false;
        }

        metric = call.Metric.First.Text;
        MetricDirection direction = MetricCatalogue.Default.Describe(call.Metric.First).Direction;
        higherIsWorse = direction == MetricDirection.HigherIsWorse;
        return direction switch
        {
            MetricDirection.HigherIsWorse => (points < 0) == raises,
            MetricDirection.LowerIsWorse => (points > 0) == raises,
            _ => false,
        };
    }

    /// <summary>+1 when the comparison holds for high values of its metric, -1 for low ones, 0 for neither.</summary>
    private static int Points(ComparisonExpression comparison)
    {
        int points = comparison.Operator switch
        {
            ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual => 1,
            ComparisonOperator.Less or ComparisonOperator.LessOrEqual => -1,
            _ => 0,
        };
        return IsConstant(comparison.Left) ? -points : points;
    }

    private static bool IsConstant(Expression expression) => expression is NumberExpression or NegativeExpression { Operand: NumberExpression };

    /// <summary>The metric of a side that rises with it; null for anything less simple.</summary>
    private static MetricFunctionExpression? Monotone(Expression expression) => expression switch
    {
        OverExpression { Kind: OverKind.Max or OverKind.Min or OverKind.Avg } e => Monotone(e.Operand),
        FallbackExpression e => Monotone(e.Value),
        MetricFunctionExpression e when e.Function is not (MetricFunction.Count or MetricFunction.Stddev or MetricFunction.Age
            or MetricFunction.Absent or MetricFunction.Anomaly or MetricFunction.Occurs) => e,
        _ => null,
    };
}
