using CsCheck;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Rules.Properties;

public sealed class ConditionRoundTripTests
{
    private static readonly Gen<NumberExpression> Number =
        from amount in Gen.OneOf(Gen.Int[0, 1000].Select(i => (double)i), Gen.Double[0, 1e6], Gen.Double[1e-12, 1e-3])
        from unit in Gen.Enum<NumberUnit>()
        from per in Gen.OneOf(NumberUnit.None, NumberUnit.None, NumberUnit.Seconds, NumberUnit.Hours)
        select new NumberExpression(amount, unit, per);

    private static readonly Gen<MetricReference> Metric =
        from reach in Gen.Enum<Reach>()
        from names in Gen.OneOf("kv_cache_usage", "latency.p99", "my metric", "x:y", "and", "endpoint.z", "p50").Array[1, 3]
        select new MetricReference(reach, MetricCatalogue.Default.Resolve(reach == Reach.Own ? names[0] : "requests").Metric, [.. names.Skip(1).Select(n => MetricCatalogue.Default.Resolve(n).Metric)]);

    private static readonly Gen<WindowLength> Window =
        Gen.OneOf(Gen.Int[1, 86_400_000].Select(ms => new WindowLength(TimeSpan.FromMilliseconds(ms))), Gen.Const(WindowLength.StaleAfter));

    private static readonly Gen<Expression> Leaf = Gen.OneOf<Expression>(
        Number.Select(n => (Expression)n),
        Gen.Select(Metric, Window, Gen.OneOf(MetricFunction.Avg, MetricFunction.Max, MetricFunction.Trend, MetricFunction.Absent)).Select(t => (Expression)new MetricFunctionExpression(t.Item3, t.Item1, t.Item2)),
        Gen.Select(Metric, Window, Number).Select(t => (Expression)new MetricFunctionExpression(MetricFunction.Forecast, t.Item1, t.Item2, [t.Item3])),
        Metric.Select(m => (Expression)new MetricFunctionExpression(MetricFunction.Age, m, null)),
        Gen.Select(Metric, Window, Gen.OneOf(50.0, 99.9, 0.5)).Select(t => (Expression)new MetricFunctionExpression(MetricFunction.Percentile, t.Item1, t.Item2, [new NumberExpression(t.Item3)])),
        Gen.OneOf(QualityDimensions.Safety, QualityDimensions.Json).Select(d => (Expression)new QualityExpression(QualityTerm.Drift, d)),
        Gen.Select(Gen.OneOf(QualityTerm.Unknown, QualityTerm.Coverage), Window).Select(t => (Expression)new QualityExpression(t.Item1, "tone", t.Item2)),
        Gen.Select(Gen.Enum<ChangeKind>(), Window).Select(t => (Expression)new ChangedExpression(t.Item1, t.Item2)),
        Gen.Select(Metric, Number, Window).Select(t => (Expression)new SloExpression([new(t.Item1, false), new(t.Item1, true)], [new(t.Item1, false)], t.Item2, [new(t.Item3, t.Item3)])));

    private static readonly Gen<Expression> Tree = Gen.Recursive<Expression>((depth, inner) => depth >= 5 ? Leaf : Gen.OneOf(
        Leaf,
        Gen.Select(Gen.Enum<LogicalOperator>(), inner, inner).Select(t => (Expression)new LogicalExpression(t.Item1, t.Item2, t.Item3)),
        Gen.Select(Gen.Enum<ComparisonOperator>(), inner, inner).Select(t => (Expression)new ComparisonExpression(t.Item1, t.Item2, t.Item3)),
        Gen.Select(Gen.Enum<ArithmeticOperator>(), inner, inner).Select(t => (Expression)new ArithmeticExpression(t.Item1, t.Item2, t.Item3)),
        Gen.Select(inner, inner).Select(t => (Expression)new FallbackExpression(t.Item1, t.Item2)),
        inner.Select(e => (Expression)new NotExpression(e)),
        inner.Select(e => (Expression)new NegativeExpression(e)),
        Gen.Select(Gen.Enum<OverKind>(), Gen.OneOf(EntityKind.Gpu, EntityKind.Copy), inner).Select(t => (Expression)new OverExpression(t.Item1, t.Item2, t.Item3))));

    /// <summary>Whatever tree is printed, reading the text gives an equal tree; types do not matter here.</summary>
    [Fact]
    public void Print_AnyTree_ReadsBackEqual() => Tree.Sample(
        tree =>
        {
            string text = tree.ToString();
            Expression? read = ConditionParser.TryParse(text, new Dictionary<string, NumberExpression>(), out ConditionError? error);
            return text.Length > ConditionParser.MaxLength || (tree.Equals(read) && string.Equals(read!.ToString(), text, StringComparison.Ordinal)) ? true
                : throw new InvalidOperationException($"{text} gives {read?.ToString() ?? error?.Message}");
        },
        seed: "0000KXYCHS45",
        iter: 5000);
}
