using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>A metric as a condition names it: <c>kv_cache_usage</c>, <c>endpoint.requests</c>, <c>latency.p99 | latency</c>.</summary>
/// <param name="Reach">Whose.</param>
/// <param name="First">The metric.</param>
/// <param name="Others">Those that stand in where the first has no series, in order.</param>
public sealed record MetricReference(Reach Reach, MetricName First, IReadOnlyList<MetricName> Others)
{
    /// <summary>The name that stands for every series of the entity and of what is below it.</summary>
    public const string Any = "any";

    /// <summary>At most this many names in one reference.</summary>
    public const int MaxAlternatives = 8;

    public MetricReference(MetricName metric)
        : this(Reach.Own, metric, [])
    {
    }

    public bool IsAny => string.Equals(First.Text, Any, StringComparison.Ordinal);

    public IEnumerable<MetricName> All => Others.Prepend(First);

    public bool Equals(MetricReference? other) => other is not null && Reach == other.Reach && All.SequenceEqual(other.All);

    public override int GetHashCode() => HashCode.Combine(Reach, First, Others.Count);

    public override string ToString() => (Reach switch { Reach.Endpoint => "endpoint.", Reach.Instance => "instance.", _ => "" })
        + string.Join(" | ", All.Select(Quoted));

    private static string Quoted(MetricName name) => ConditionLexer.IsName(name.Text) ? name.Text : $"\"{name.Text}\"";
}
