namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>avg(kv_cache_usage[2m])</c>, <c>forecast(memory_usage[30m], 2h)</c>, <c>age(requests)</c>.</summary>
/// <param name="Function">Which function.</param>
/// <param name="Metric">Of which metric.</param>
/// <param name="Window">Over which window; null for functions that take none.</param>
/// <param name="Arguments">What follows: the percentile, the horizon in seconds, the level, the codes; mostly empty.</param>
public sealed record MetricFunctionExpression(
    MetricFunction Function, MetricReference Metric, WindowLength? Window, IReadOnlyList<NumberExpression> Arguments) : Expression
{
    public MetricFunctionExpression(MetricFunction function, MetricReference metric, WindowLength? window)
        : this(function, metric, window, [])
    {
    }

    public bool Equals(MetricFunctionExpression? other) =>
        other is not null && Function == other.Function && Metric == other.Metric && Window == other.Window && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Function, Metric, Window, Arguments.Count);
}
