namespace Grainwatch.Signals.Metrics;

/// <summary>
/// A metric and, where the source sends statistics rather than points, which one: <c>kv_cache_usage</c>,
/// <c>latency.p99</c>. Percentiles received as such are series of their own and are never averaged.
/// </summary>
public sealed record MetricName
{
    private MetricName(string name, string? statistic)
    {
        Base = name;
        Statistic = statistic;
        Text = statistic is null ? name : $"{name}.{statistic}";
    }

    /// <summary>The canonical name, or the name as received where the catalogue does not know it.</summary>
    public string Base { get; }

    /// <summary>average, minimum, maximum, sum, count or a percentile (p50, p99.9); null for points.</summary>
    public string? Statistic { get; }

    /// <summary>Both parts, joined by a dot.</summary>
    public string Text { get; }

    public static MetricName Of(string name, string? statistic = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new MetricName(name, statistic);
    }

    public bool Equals(MetricName? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
