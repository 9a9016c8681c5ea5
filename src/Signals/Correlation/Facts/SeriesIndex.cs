using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>The series of a request by entity, in an order that does not depend on the order of the request.</summary>
internal sealed class SeriesIndex
{
    private const string Requests = "requests";
    private const string Availability = "availability";

    private readonly Dictionary<EntityId, List<SeriesView>> _byEntity = [];

    public SeriesIndex(IReadOnlyList<SeriesData> series, CorrelatorOptions options)
    {
        List<SeriesData> ordered = [.. series.Where(s => s.Count > 0).OrderBy(s => s.Key.Entity).ThenBy(s => s.Key.Metric.Text, StringComparer.Ordinal)
            .ThenBy(s => s.Key.Residual.ToString(), StringComparer.Ordinal).Take(options.MaxSeries)];
        foreach (SeriesData data in ordered)
        {
            MetricDefinition definition = options.Catalogue.Describe(data.Key.Metric);
            List<SeriesView> of = Of(data.Key.Entity, out bool added);
            SeriesView view = new(data, definition);
            of.Add(view);
            All.Add(view);
            LongestCount = Math.Max(LongestCount, data.Count);
            if (added)
            {
                Entities.Add(data.Key.Entity);
            }
        }

        foreach (SeriesView view in All)
        {
            view.CountBy(view.Definition.Name == Availability ? RequestsOf(view.Entity) : null);
        }
    }

    public List<SeriesView> All { get; } = [];

    public List<EntityId> Entities { get; } = [];

    /// <summary>Points of the longest series.</summary>
    public int LongestCount { get; }

    public IReadOnlyList<SeriesView> Of(EntityId entity) => _byEntity.TryGetValue(entity, out List<SeriesView>? found) ? found : [];

    /// <summary>A series of an entity by metric; with a null statistic any will do, the plain one first.</summary>
    public SeriesView? Find(EntityId entity, MetricName metric)
    {
        foreach (SeriesView view in Of(entity))
        {
            if (view.Metric == metric)
            {
                return view;
            }
        }

        return null;
    }

    public SeriesView? RequestsOf(EntityId entity)
    {
        foreach (SeriesView view in Of(entity))
        {
            if (view.Definition.Name == Requests)
            {
                return view;
            }
        }

        return null;
    }

    /// <summary>The series of an entity that shows the symptom: the same metric, else another statistic of it.</summary>
    public SeriesView? LikeSymptom(EntityId entity, MetricName metric)
    {
        if (Find(entity, metric) is { } same)
        {
            return same;
        }

        foreach (SeriesView view in Of(entity))
        {
            if (view.Metric.Base == metric.Base)
            {
                return view;
            }
        }

        return null;
    }

    private List<SeriesView> Of(EntityId entity, out bool added)
    {
        added = !_byEntity.TryGetValue(entity, out List<SeriesView>? found);
        if (found is null)
        {
            found = [];
            _byEntity.Add(entity, found);
        }

        return found;
    }
}
