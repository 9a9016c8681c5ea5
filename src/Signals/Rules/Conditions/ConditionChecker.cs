using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>
/// Says everything that is wrong with a tree that the parser let through: conditions where numbers belong, units that
/// do not fit, averages of percentiles, relatives that the scope does not have, rules that fire when things are well.
/// </summary>
public sealed class ConditionChecker
{
    private readonly List<ConditionError> _errors = [];

    private ConditionChecker()
    {
    }

    /// <summary>All errors, in the order of their places.</summary>
    /// <param name="condition">The tree.</param>
    /// <param name="scope">The kinds of entity that the rule may be bound to.</param>
    /// <param name="purpose">Raise or clear.</param>
    public static IReadOnlyList<ConditionError> Check(Expression condition, IReadOnlyList<EntityKind> scope, ConditionPurpose purpose)
    {
        ConditionChecker checker = new();
        checker.Condition(condition, scope);
        if (checker._errors.Count == 0 && DirectionCheck.FindInverted(condition, purpose) is { } inverted)
        {
            checker._errors.Add(inverted);
        }

        return [.. checker._errors.OrderBy(e => e.Offset).ThenBy(e => e.Message, StringComparer.Ordinal)];
    }

    /// <summary>What a number of a checked condition measures.</summary>
    internal static Dimension DimensionOf(Expression number) => new ConditionChecker().Number(number, []);

    private void Condition(Expression expression, IReadOnlyList<EntityKind> scope)
    {
        switch (expression)
        {
            case LogicalExpression e:
                Condition(e.Left, scope);
                Condition(e.Right, scope);
                break;
            case NotExpression e:
                Condition(e.Operand, scope);
                break;
            case ComparisonExpression { Left: QualityExpression { Term: QualityTerm.Quality } quality } e:
                QualityComparison(e, quality);
                break;
            case ComparisonExpression e:
                Dimension left = Number(e.Left, scope);
                Dimension right = Number(e.Right, scope);
                Fits(left, e.Left, right, e.Right, "compared");
                break;
            case OverExpression { Kind: OverKind.Any or OverKind.All } e:
                Condition(e.Operand, Relatives(e, scope));
                break;
            case QualityExpression { Term: QualityTerm.Drift } e:
                KnownDimension(e);
                break;
            case MetricFunctionExpression { Function: MetricFunction.Absent } e:
                Metric(e, scope);
                break;
            case SloExpression e:
                Slo(e, scope);
                break;
            case ChangedExpression:
                break;
            case QualityExpression { Term: QualityTerm.Quality } e:
                Error(e, $"quality({e.Dimension}) is decided by a detector: compare it, as in quality({e.Dimension}) < 0.95");
                break;
            default:
                Error(expression, "this is a number: a condition compares it with another");
                break;
        }
    }

    private Dimension Number(Expression expression, IReadOnlyList<EntityKind> scope)
    {
        switch (expression)
        {
            case NumberExpression e:
                return e.Dimension;
            case NegativeExpression e:
                return Number(e.Operand, scope);
            case FallbackExpression e:
                Dimension value = Number(e.Value, scope);
                Fits(value, e.Value, Number(e.Otherwise, scope), e.Otherwise, "used in its place");
                return value;
            case ArithmeticExpression e:
                return Arithmetic(e, scope);
            case MetricFunctionExpression { Function: not MetricFunction.Absent } e:
                return Metric(e, scope);
            case QualityExpression { Term: QualityTerm.Unknown or QualityTerm.Coverage } e:
                KnownDimension(e);
                return new Dimension(MetricUnit.Ratio);
            case OverExpression { Kind: OverKind.Count } e:
                Condition(e.Operand, Relatives(e, scope));
                return new Dimension(MetricUnit.Count);
            case OverExpression { Kind: OverKind.Max or OverKind.Min or OverKind.Avg } e:
                if (e is { Kind: OverKind.Avg, Operand: MetricFunctionExpression { Function: not MetricFunction.Count } call } && PercentileOf(call.Metric) is { } percentile)
                {
                    Error(e, $"{percentile} is a percentile, and percentiles are never averaged: write max over {Lower(e.Relatives)} (…)");
                }

                return Number(e.Operand, Relatives(e, scope));
            case QualityExpression { Term: QualityTerm.Quality } e:
                Error(e, $"quality({e.Dimension}) is decided by a detector: it stands alone on the left of < or > and a number, as in quality({e.Dimension}) < 0.95");
                return Dimension.Unknown;
            default:
                Error(expression, "this is a condition, where a number is needed");
                return Dimension.Unknown;
        }
    }

    private Dimension Arithmetic(ArithmeticExpression e, IReadOnlyList<EntityKind> scope)
    {
        Dimension left = Number(e.Left, scope);
        Dimension right = Number(e.Right, scope);
        switch (e.Operator)
        {
            case ArithmeticOperator.Multiply:
                return left.Times(right);
            case ArithmeticOperator.Divide:
                return left.Over(right);
            default:
                bool fits = Fits(left, e.Left, right, e.Right, e.Operator == ArithmeticOperator.Add ? "added" : "subtracted");
                return !fits ? Dimension.Unknown : left.IsPlain || left.IsUnknown ? right : left;
        }
    }

    private Dimension Metric(MetricFunctionExpression call, IReadOnlyList<EntityKind> scope)
    {
        ReachFits(call.Metric, call, scope);
        if (call.Metric.IsAny && call.Function is not (MetricFunction.Absent or MetricFunction.Age))
        {
            Error(call, "'any' stands for every series: only absent(any[w]) and age(any) take it");
        }

        MetricDefinition[] known = [.. call.Metric.All.Select(MetricCatalogue.Default.Describe)];
        Dimension unit = Dimension.Of(known[0].Unit);
        if (Array.Exists(known, k => !Dimension.Of(k.Unit).Fits(unit)))
        {
            Error(call, $"the alternatives of {call.Metric} have different units");
        }

        bool averages = call.Function is MetricFunction.Avg or MetricFunction.Sum or MetricFunction.Stddev or MetricFunction.Percentile or MetricFunction.Rate or MetricFunction.Increase;
        if (averages && PercentileOf(call.Metric) is { } percentile)
        {
            Error(call, $"{percentile} is a percentile, and percentiles are never averaged: write max({call.Metric}[{call.Window}])");
        }

        if (call.Function is MetricFunction.Rate or MetricFunction.Increase && Array.Exists(known, k => k.Kind == MetricKind.Gauge && MetricCatalogue.Default.TryGet(k.Name, out _)))
        {
            Error(call, $"{FunctionTable.Name(call)} is for counters and histograms, and {call.Metric} is a gauge: write slope({call.Metric}[{call.Window}])");
            return Dimension.Unknown;
        }

        return Result(call, unit);
    }

    private Dimension Result(MetricFunctionExpression call, Dimension unit)
    {
        switch (call.Function)
        {
            case MetricFunction.Count or MetricFunction.Occurs:
                return new Dimension(MetricUnit.Count);
            case MetricFunction.Rate or MetricFunction.Slope:
                return unit.PerSecond();
            case MetricFunction.Trend or MetricFunction.Baseline or MetricFunction.Anomaly:
                return Dimension.Plain;
            case MetricFunction.Age:
                return new Dimension(MetricUnit.Seconds);
            case MetricFunction.Above:
                Fits(unit, call, call.Arguments[0].Dimension, call.Arguments[0], "compared");
                return new Dimension(MetricUnit.Ratio);
            case MetricFunction.Forecast:
                if (!NumberUnits.IsTime(call.Arguments[0].Unit) || call.Arguments[0].Value is <= 0 or > 7 * 86_400)
                {
                    Error(call.Arguments[0], "a forecast looks a length of time ahead, up to 168h");
                }

                return unit;
            default:
                return unit;
        }
    }

    private void QualityComparison(ComparisonExpression comparison, QualityExpression quality)
    {
        KnownDimension(quality);
        if (comparison.Operator is not (ComparisonOperator.Less or ComparisonOperator.Greater))
        {
            Error(comparison, "quality is compared with < or >: its detector has no other");
        }

        if (comparison.Right is not NumberExpression { Per: NumberUnit.None, Unit: NumberUnit.None or NumberUnit.Percent } number || number.Value is <= 0 or >= 1)
        {
            Error(comparison.Right, "quality is compared with one number between 0 and 1");
        }
    }

    private void KnownDimension(QualityExpression e)
    {
        if (!QualityDimensions.All.Contains(e.Dimension, StringComparer.Ordinal))
        {
            Error(e, $"unknown quality dimension '{e.Dimension}': known are {string.Join(", ", QualityDimensions.All)}");
        }
    }

    private void Slo(SloExpression e, IReadOnlyList<EntityKind> scope)
    {
        foreach (MetricReference metric in e.Good.Concat(e.Total).Select(t => t.Metric))
        {
            ReachFits(metric, e, scope);
            if (MetricCatalogue.Default.TryGet(metric.First.Base, out MetricDefinition? known) && known.Kind == MetricKind.Gauge)
            {
                Error(e, $"slo counts what happened, and {metric} is a gauge");
            }
        }

        if (e.Target.Value is <= 0 or >= 1)
        {
            Error(e.Target, "the target of slo is a share between 0 and 100%, such as 99.9%");
        }
    }

    private IReadOnlyList<EntityKind> Relatives(OverExpression e, IReadOnlyList<EntityKind> scope)
    {
        foreach (EntityKind kind in scope.Where(kind => !Has(kind, e.Relatives)))
        {
            Error(e, $"a rule of scope {Lower(kind)} has no {Lower(e.Relatives)} to ask");
        }

        return [e.Relatives];
    }

    private static bool Has(EntityKind kind, EntityKind relatives) => (kind, relatives) switch
    {
        (EntityKind.Node, _) => false,
        (EntityKind.Copy, EntityKind.Component or EntityKind.Instance) => false,
        (EntityKind.Instance or EntityKind.Gpu, EntityKind.Copy) => false,
        _ => true,
    };

    private void ReachFits(MetricReference metric, Expression place, IReadOnlyList<EntityKind> scope)
    {
        if (metric.Reach == Reach.Instance && scope.Any(k => k is not (EntityKind.Gpu or EntityKind.Instance or EntityKind.Copy)))
        {
            Error(place, $"{metric} has no single instance here: write max over instance ({metric.First})");
        }

        if (metric.Reach == Reach.Endpoint && scope.Contains(EntityKind.Node))
        {
            Error(place, $"{metric}: a generic entity belongs to no endpoint");
        }
    }

    private static string? PercentileOf(MetricReference metric) =>
        metric.All.FirstOrDefault(m => m.Statistic is { } s && s[0] == 'p')?.Text;

    private bool Fits(Dimension left, Expression leftPlace, Dimension right, Expression rightPlace, string what)
    {
        string? reason = Slip(left, leftPlace, right, rightPlace) ?? Slip(right, rightPlace, left, leftPlace)
            ?? (left.Fits(right) ? null : $"{left} and {right} cannot be {what}");
        if (reason is not null)
        {
            Error(rightPlace is NumberExpression ? rightPlace : leftPlace, reason);
        }

        return reason is null;
    }

    /// <summary>The two slips that a plain number hides: which unit of time, and 95 where 95% is meant.</summary>
    private static string? Slip(Dimension measured, Expression measuredPlace, Dimension other, Expression place)
    {
        if (place is not NumberExpression { Unit: NumberUnit.None, Per: NumberUnit.None } number || !other.IsPlain || measured.IsUnknown)
        {
            return null;
        }

        string text = ConditionPrinter.Number(number);
        return measured switch
        {
            { IsPerSecond: false, Unit: MetricUnit.Seconds } when number.Amount != 0 => $"{text} of what? Write {text}s or {text}ms",
            { IsPerSecond: false, Unit: MetricUnit.Bytes } when number.Amount != 0 => $"{text} of what? Write {text}MiB or {text}GiB",
            { IsPerSecond: false, Unit: MetricUnit.Score } when number.Amount > 1 => $"a score lies between 0 and 1, and {text} does not",
            { IsPerSecond: false, Unit: MetricUnit.Ratio } when number.Amount > 1 && measuredPlace is not ArithmeticExpression => $"a share of {text}? Write {text}%",
            _ => null,
        };
    }

    private void Error(Expression place, string message) => _errors.Add(new ConditionError(place.At.Value, message));

    private static string Lower(EntityKind kind) => kind.ToString().ToLowerInvariant();
}
