using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Grainwatch.Signals.Metrics;

/// <summary>
/// Which metrics the product understands, and by which names the sources send them. The entries are data
/// (<c>MetricCatalogue.Entries.cs</c>); a metric that is not here is kept under its own name and stays usable in rules
/// and diagnosis.
/// </summary>
public sealed partial class MetricCatalogue
{
    private static readonly string[] Statistics = ["average", "minimum", "maximum", "sum", "count"];

    private static readonly string[] EnginePrefixes = ["vllm", "sglang"];
    private static readonly SearchValues<char> PercentileCharacters = SearchValues.Create("0123456789.");

    private readonly FrozenDictionary<string, MetricDefinition> _byName;
    private readonly FrozenDictionary<string, (MetricDefinition Definition, MetricAlias Alias)> _byAlias;

    public MetricCatalogue(IReadOnlyList<MetricDefinition> definitions)
    {
        Definitions = definitions;
        _byName = definitions.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);
        _byAlias = definitions.SelectMany(d => d.Aliases.Select(a => (d, a))).ToFrozenDictionary(p => p.a.Name, StringComparer.Ordinal);
    }

    /// <summary>The catalogue that the product ships.</summary>
    public static MetricCatalogue Default { get; } = new(Entries);

    public IReadOnlyList<MetricDefinition> Definitions { get; }

    /// <summary>The entry of a canonical name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out MetricDefinition? definition) => _byName.TryGetValue(name, out definition);

    /// <summary>The entry of a metric's base name; an unknown metric is a neutral gauge without a unit.</summary>
    public MetricDefinition Describe(MetricName metric) => _byName.TryGetValue(metric.Base, out MetricDefinition? known)
        ? known
        : new MetricDefinition(metric.Base, MetricUnit.None, MetricKind.Gauge, MetricDirection.Neutral, MissingPolicy.Hold, "not in the catalogue");

    /// <summary>The catalogue's object of the same name, so that one is kept of many; the given one where there is none.</summary>
    public MetricName Own(MetricName metric) =>
        metric.Statistic is null && _byName.TryGetValue(metric.Base, out MetricDefinition? known) ? known.Metric : metric;

    /// <summary>
    /// Turns a name as a source wrote it into the canonical metric and the factor that brings its values into the
    /// canonical unit. <c>name.statistic</c> is split at the dot before a statistic (<c>latency.p99.9</c> too). Engine names
    /// are also known with an underscore for the colon, as some exporters write them (<c>vllm_num_requests_waiting</c>).
    /// </summary>
    public ResolvedMetric Resolve(string sourceName)
    {
        if (Find(sourceName) is { } whole)
        {
            return new ResolvedMetric(whole.Definition.Metric, whole.Definition, whole.Alias);
        }

        // A percentile may hold a dot of its own: p99.9 is tried before 9.
        int last = sourceName.LastIndexOf('.');
        int before = last > 0 ? sourceName.LastIndexOf('.', last - 1) : -1;
        foreach (int dot in (ReadOnlySpan<int>)[before, last])
        {
            if (dot <= 0 || StatisticOf(sourceName[(dot + 1)..]) is not { } statistic)
            {
                continue;
            }

            string name = sourceName[..dot];
            return Find(name) is { } found
                ? new ResolvedMetric(MetricName.Of(found.Definition.Name, statistic), found.Definition, found.Alias)
                : new ResolvedMetric(MetricName.Of(name, statistic), null, null);
        }

        return new ResolvedMetric(MetricName.Of(sourceName), null, null);
    }

    /// <summary>The canonical spelling of a statistic (<c>Average</c> and <c>avg</c> are <c>average</c>), null when it is none.</summary>
    public static string? StatisticOf(string text)
    {
#pragma warning disable CA1308 // Statistics are written in lower case.
        string lower = text.ToLowerInvariant();
#pragma warning restore CA1308
        lower = lower switch
        {
            "avg" or "mean" => "average",
            "min" => "minimum",
            "max" => "maximum",
            "samplecount" or "n" => "count",
            _ => lower,
        };
        bool percentile = lower.Length is >= 2 and <= 6 && lower[0] == 'p'
            && !lower.AsSpan(1).ContainsAnyExcept(PercentileCharacters)
            && double.TryParse(lower.AsSpan(1), out double percent) && percent is > 0 and < 100;
        return percentile || Array.IndexOf(Statistics, lower) >= 0 ? lower : null;
    }

    private (MetricDefinition Definition, MetricAlias? Alias)? Find(string name)
    {
        if (_byAlias.TryGetValue(name, out (MetricDefinition Definition, MetricAlias Alias) alias))
        {
            return alias;
        }

        foreach (string engine in EnginePrefixes)
        {
            if (name.Length > engine.Length && name[engine.Length] == '_' && name.StartsWith(engine, StringComparison.Ordinal)
                && _byAlias.TryGetValue($"{engine}:{name[(engine.Length + 1)..]}", out alias))
            {
                return alias;
            }
        }

        return _byName.TryGetValue(name, out MetricDefinition? definition) ? (definition, null) : null;
    }
}
