using System.Globalization;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Replay.Models;

/// <summary>What the reader must make of rows, written down as plainly as the contract says it.</summary>
internal static class SimpleMetricRows
{
    internal readonly record struct Row(long Seconds, string Entity, string Metric, int Value, long? Arrival);

    public static string[] Of(IEnumerable<Row> rows, TopologyMap topology)
    {
        List<(long Time, EntityId Entity, string Metric, long Arrival, double Value)> result = [];
        foreach (IGrouping<(string Entity, string Metric), Row> source in rows.GroupBy(r => (r.Entity, r.Metric)))
        {
            if (!topology.TryResolve(source.Key.Entity, out EntityId? entity))
            {
                continue;
            }

            ResolvedMetric resolved = MetricCatalogue.Default.Resolve(source.Key.Metric);
            double? last = null;
            foreach (IGrouping<long, Row> instant in source.GroupBy(r => r.Seconds).OrderBy(g => g.Key))
            {
                List<(long Arrival, double Value)> corrections =
                    [.. instant.GroupBy(r => r.Arrival ?? r.Seconds).OrderBy(g => g.Key).Select(g => (g.Key, g.Max(r => r.Value * resolved.Scale)))];
                foreach ((long arrival, double value) in resolved.IsCumulative ? corrections[^1..] : corrections)
                {
                    double? increase = resolved.IsCumulative ? (last is null ? null : value >= last ? value - last : value) : value;
                    last = value;
                    if (increase is not null)
                    {
                        result.Add((instant.Key, entity, resolved.Metric.Text, arrival, increase.Value));
                    }
                }
            }
        }

        return [.. result.OrderBy(r => r.Time).ThenBy(r => r.Entity).ThenBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.Arrival)
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Time} {r.Entity} {r.Metric} {r.Value:R}"))];
    }
}
