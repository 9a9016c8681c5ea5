using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Makes what people read of what a monitor holds.</summary>
internal static class EndpointViews
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public static EndpointView Endpoint(EndpointMonitor monitor, ClockDomain clock)
    {
        ILookup<EntityId, int> columns = Columns(monitor);
        EntityView[] Views(EntityKind kind) => [.. monitor.Topology.Entities
            .Where(e => e.Kind == kind).OrderBy(e => e)
            .Select(e => View(monitor, e, columns[e], Quality(monitor, e)))];
        return new EndpointView(
            monitor.Id.ToString(),
            monitor.AsOf,
            Name(clock),
            monitor.AsOf is not { } asOf || monitor.IsWarming(asOf),
            View(monitor, monitor.Id, columns[monitor.Id], Quality(monitor, monitor.Id)),
            Views(EntityKind.Component),
            Views(EntityKind.Instance),
            Views(EntityKind.Gpu),
            monitor.Block.Counters.Accepted,
            monitor.Block.Counters.Refused);
    }

    /// <summary>One entity with its quality; only for the turn of the monitor's owner.</summary>
    public static EntityView? Entity(EndpointMonitor monitor, EntityId entity) =>
        monitor.Topology.Contains(entity) ? View(monitor, entity, Columns(monitor)[entity], Quality(monitor, entity)) : null;

    /// <summary>One entity without quality; safe from any thread, since the block is read under its lock.</summary>
    public static EntityView? Windows(EndpointMonitor monitor, EntityId entity) =>
        monitor.Topology.Contains(entity) ? View(monitor, entity, Columns(monitor)[entity], []) : null;

    public static FleetLine Line(EndpointMonitor monitor, ClockDomain clock, int openIncidents, string? severity) => new(
        monitor.Id.ToString(),
        monitor.Id.Key,
        Name(clock),
        monitor.AsOf,
        monitor.Topology.Entities.Count(e => e.Kind == EntityKind.Component),
        monitor.Topology.Entities.Count(e => e.Kind == EntityKind.Gpu),
        monitor.Block.Series.Count,
        monitor.Verdicts.Count(v => v.Truth == Truth.True),
        openIncidents,
        severity);

    private static string Name(ClockDomain clock) => clock == ClockDomain.Recorded ? "recorded" : "live";

    private static ILookup<EntityId, int> Columns(EndpointMonitor monitor) =>
        monitor.Block.Series.Select((key, column) => (key.Entity, column)).ToLookup(p => p.Entity, p => p.column);

    private static EntityView View(EndpointMonitor monitor, EntityId entity, IEnumerable<int> columns, QualityView[] quality)
    {
        WindowView[] windows = [.. columns.Select(column => Window(monitor.Block, column)).OrderBy(w => w.Metric + w.Labels, StringComparer.Ordinal)];
        VerdictView[] verdicts = [.. monitor.Verdicts.Where(v => v.Entity == entity).Select(v => new VerdictView(
            v.RuleId, v.Truth.ToString(), v.From, v.AsOf, v.Held.TotalSeconds, v.Evidence.Text))];
        long? newest = windows.Max(w => w.LastTime?.UnixMs);
        return new EntityView(
            monitor.Topology.Format(entity), entity.Kind.ToString(), newest is { } ms ? new Timestamp(ms) : null, windows, verdicts, quality);
    }

    private static WindowView Window(WindowBlock block, int column)
    {
        SeriesKey key = block.Series[column];
        Timestamp newest = block.Newest ?? default;
        WindowAggregate recent = block.Aggregate(column, newest - Short + block.Interval, newest);
        WindowAggregate hour = block.Aggregate(column, newest - Long + block.Interval, newest);
        bool isPercentile = key.Metric.Statistic is ['p', ..];
        return new WindowView(
            key.Metric.Text,
            MetricCatalogue.Default.Describe(key.Metric).Unit.ToString(),
            key.Residual.ToString(),
            hour.Count > 0 ? hour.Last : null,
            hour.Count > 0 ? hour.LastTime : null,
            recent.Count > 0 && !isPercentile ? recent.Mean : null,
            recent.Count > 0 ? recent.Min : null,
            recent.Count > 0 ? recent.Max : null,
            hour.Count > 0 && !isPercentile ? hour.Mean : null,
            hour.Count > 0 ? hour.Max : null,
            hour.Count);
    }

    private static QualityView[] Quality(EndpointMonitor monitor, EntityId entity) =>
        [.. QualityDimensions.All
            .Select(d => (Dimension: d, Estimate: monitor.Quality.Estimate(entity, d)))
            .Where(q => q.Estimate.N > 0 || q.Estimate.UnknownShare > 0)
            .Select(q => new QualityView(
                q.Dimension, q.Estimate.Value, q.Estimate.Lower, q.Estimate.Upper, q.Estimate.N, q.Estimate.EffectiveN, q.Estimate.UnknownShare, q.Estimate.Newest))];
}
