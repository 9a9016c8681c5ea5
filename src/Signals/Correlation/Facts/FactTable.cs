using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>Every series of an endpoint, judged once. Detectors only read.</summary>
internal sealed class FactTable
{
    private readonly Dictionary<EntityId, List<SeriesFact>> _facts = [];
    private readonly Dictionary<EntityId, List<EventFact>> _events = [];

    public FactTable(SeriesIndex index, Func<EntityId, bool> isInScope, DiagnosisRequest request, OnsetFinder finder)
    {
        CorrelatorOptions options = request.Options;
        Timestamp at = request.At;
        Options = options;
        At = at;
        SearchFrom = (request.Since is { } since && since < at ? since : at) - options.LookBack;
        Dictionary<string, double> siblings = SiblingRates(index, isInScope, SearchFrom);
        foreach (SeriesView view in index.All)
        {
            if (!isInScope(view.Entity))
            {
                continue;
            }

            if (view.Definition.Kind == MetricKind.Event)
            {
                Add(_events, view.Entity, EventsOf(view));
                continue;
            }

            SeriesFact fact = FactOf(view, siblings.GetValueOrDefault(view.Definition.Name), finder);
            Add(_facts, view.Entity, fact);
            All.Add(fact);
        }
    }

    public CorrelatorOptions Options { get; }

    public Timestamp At { get; }

    /// <summary>The incident is looked for from here on; what lies before is normal.</summary>
    public Timestamp SearchFrom { get; }

    public List<SeriesFact> All { get; } = [];

    public IReadOnlyList<SeriesFact> Of(EntityId entity) => _facts.TryGetValue(entity, out List<SeriesFact>? found) ? found : [];

    public IReadOnlyList<EventFact> EventsOf(EntityId entity) => _events.TryGetValue(entity, out List<EventFact>? found) ? found : [];

    public IEnumerable<EventFact> AllEvents => _events.OrderBy(e => e.Key).SelectMany(e => e.Value);

    /// <summary>The series of a metric at an entity that moved most; null: the entity has none.</summary>
    public SeriesFact? Find(EntityId entity, string name)
    {
        SeriesFact? best = null;
        foreach (SeriesFact fact in Of(entity))
        {
            if (fact.Name == name && (best is null || Weight(fact) > Weight(best)))
            {
                best = fact;
            }
        }

        return best;
    }

    /// <summary>Share of the series with enough history and points to be judged.</summary>
    public double Coverage()
    {
        int judged = All.Count(f => f.HasHistory && f.HasPoints);
        return All.Count == 0 ? 0 : (double)judged / All.Count;
    }

    private static double Weight(SeriesFact fact) => fact.Moved ? 1 + Math.Abs(fact.Z) : 0;

    private SeriesFact FactOf(SeriesView view, double siblingRate, OnsetFinder finder)
    {
        long from = Math.Min(SearchFrom.UnixMs, At.UnixMs - 2 * view.IntervalMs);
        long to = At.UnixMs + Math.Max((long)Options.LookAhead.TotalMilliseconds, 3 * view.IntervalMs);
        Onset? onset = finder.Find(view, from, to, siblingRate);
        int windowFrom = view.From(from);
        int windowTo = view.From(to + 1);
        // Without an onset the whole stretch up to the window is normal; a short one may reach into it.
        Baseline normal = onset?.Normal ?? finder.Normal(view, windowFrom >= 2 ? windowFrom : windowTo / 2, siblingRate);
        return new SeriesFact(view, onset, onset?.Interval(view, Options.SettleSkew), normal, windowFrom, windowTo);
    }

    private EventFact? EventsOf(SeriesView view)
    {
        long from = (SearchFrom - Options.EventReach).UnixMs;
        long to = (At + Options.LookAhead).UnixMs;
        List<Timestamp> times = [];
        List<double> codes = [];
        double last = 0;
        for (int i = 0; i < view.Count && view.Times[i] <= to; i++)
        {
            // A code that is shown in every bucket until it is cleared happened once.
            bool happened = view.Values[i] != 0 && (view.Values[i] != last || !IsLatched(view));
            last = view.Values[i];
            if (happened && view.Times[i] >= from)
            {
                times.Add(new Timestamp(view.Times[i]));
                codes.Add(view.Values[i]);
            }
        }

        return times.Count == 0 ? null : new EventFact(view, times, codes);
    }

    private static bool IsLatched(SeriesView view) => view.Definition.Name == "xid_errors";

    /// <summary>What the series of one metric count per bucket before the window, pooled: the prior of each of them.</summary>
    private static Dictionary<string, double> SiblingRates(SeriesIndex index, Func<EntityId, bool> isInScope, Timestamp from)
    {
        Dictionary<string, (double Sum, int Count)> pooled = new(StringComparer.Ordinal);
        foreach (SeriesView view in index.All)
        {
            if (!isInScope(view.Entity) || !Baseline.IsCountOfBadThings(view.Definition))
            {
                continue;
            }

            int end = view.From(from.UnixMs);
            (double sum, int count) = pooled.GetValueOrDefault(view.Definition.Name);
            for (int i = 0; i < end; i++)
            {
                sum += view.Values[i];
            }

            pooled[view.Definition.Name] = (sum, count + end);
        }

        return pooled.ToDictionary(p => p.Key, p => p.Value.Count == 0 ? 0 : p.Value.Sum / p.Value.Count, StringComparer.Ordinal);
    }

    private static void Add<T>(Dictionary<EntityId, List<T>> to, EntityId entity, T? item)
        where T : class
    {
        if (item is null)
        {
            return;
        }

        if (!to.TryGetValue(entity, out List<T>? list))
        {
            list = [];
            to.Add(entity, list);
        }

        list.Add(item);
    }
}
