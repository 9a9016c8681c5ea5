using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>
/// The facts as one inference component sees them. A name is looked up at the component, then at its copies, then at the
/// endpoint, because sources attach the same metric at different heights.
/// </summary>
internal sealed class IncidentFacts
{
    private const int MinGrowthPoints = 6;
    private static readonly TimeSpan GrowthSlack = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GrowthReference = TimeSpan.FromMinutes(30);

    private readonly FactTable _table;
    private readonly EntityId[] _places;

    public IncidentFacts(FactTable table, TopologyMap topology, EntityId component, OnsetInterval? symptomOnset, IReadOnlyList<Verdict> verdicts)
    {
        _table = table;
        Topology = topology;
        Component = component;
        SymptomOnset = symptomOnset;
        Verdicts = verdicts;
        Endpoint = EntityId.ForEndpoint(component.Endpoint);
        Copies = component.Kind == EntityKind.Component ? topology.Relatives(component, EntityKind.Copy) : [];
        Gpus = component.Kind == EntityKind.Component ? topology.PossibleGpusOf(component) : topology.Relatives(component, EntityKind.Gpu);
        Instances = [.. Gpus.Select(g => g.Parent!).Distinct()];
        Siblings = [.. topology.Relatives(Endpoint, EntityKind.Component).Where(c => c != component)];
        PlacementIsKnown = topology.GpusOf(component).Count > 0;
        _places = [component, .. Copies, Endpoint];
        Quality = [.. QualityDimensions.All.Select(Find).OfType<SeriesFact>().Where(f => f.HasHistory)];
        QualityFell = [.. Quality.Where(f => f.Fell).OrderBy(f => f.After - f.Before)];
    }

    public TopologyMap Topology { get; }

    public CorrelatorOptions Options => _table.Options;

    public Timestamp At => _table.At;

    public EntityId Component { get; }

    public EntityId Endpoint { get; }

    public IReadOnlyList<EntityId> Copies { get; }

    /// <summary>GPUs on which the component runs, or may run.</summary>
    public IReadOnlyList<EntityId> Gpus { get; }

    public IReadOnlyList<EntityId> Instances { get; }

    /// <summary>The endpoint's other components.</summary>
    public IReadOnlyList<EntityId> Siblings { get; }

    public bool PlacementIsKnown { get; }

    /// <summary>When the target's symptom began; null: none was named or found.</summary>
    public OnsetInterval? SymptomOnset { get; }

    public IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>
    /// A rule fires here that judges answers, failures or hardware and not load: traffic alone does not explain it. Told by
    /// what its evidence is of: an estimate over answers, or an entity that serves no traffic.
    /// </summary>
    public bool IsFiringOnAnswers => Verdicts.Any(v => v.Truth == Truth.True && (IsOnAnswers(v) || Gpus.Contains(v.Entity) || Instances.Contains(v.Entity)));

    /// <summary>The dimension that a rule that fires here is about, told by the words its evidence begins with; null: none.</summary>
    public (SeriesFact Fact, Verdict Rule)? DimensionNamedByRule()
    {
        foreach (Verdict verdict in Verdicts)
        {
            if (verdict.Truth == Truth.True && verdict.Evidence.Lower is not null && verdict.Entity == Component
                && Quality.FirstOrDefault(q => verdict.Evidence.Text.StartsWith(q.Name + " ", StringComparison.Ordinal)) is { } fact)
            {
                return (fact, verdict);
            }
        }

        return null;
    }

    /// <summary>Dimensions with a history, in catalogue order.</summary>
    public IReadOnlyList<SeriesFact> Quality { get; }

    /// <summary>Those that fell, the deepest fall first.</summary>
    public IReadOnlyList<SeriesFact> QualityFell { get; }

    public FactTable Table => _table;

    /// <summary>The name of an entity for people.</summary>
    public string Name(EntityId entity) => Topology.Format(entity);

    public string Moved(SeriesFact fact) => Phrase.Moved(fact, Topology);

    public string Stayed(SeriesFact fact) => Phrase.Stayed(fact, Topology);

    public string MovedOrStayed(SeriesFact fact) => Phrase.MovedOrStayed(fact, Topology);

    public SeriesFact? FindAt(EntityId entity, string name) => _table.Find(entity, name);

    /// <summary>The component's series of a metric, or the nearest place that has one.</summary>
    public SeriesFact? Find(string name)
    {
        SeriesFact? best = null;
        foreach (EntityId place in _places)
        {
            SeriesFact? fact = _table.Find(place, name);
            if (fact is { Moved: true })
            {
                return fact;
            }

            best ??= fact;
        }

        return best;
    }

    /// <summary>The first of several metrics that got worse; null: none did.</summary>
    public SeriesFact? FirstWorse(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Find(name) is { GotWorse: true } fact)
            {
                return fact;
            }
        }

        return null;
    }

    /// <summary>Metrics of a kind on the component's GPUs, in the order of the GPUs.</summary>
    public IEnumerable<SeriesFact> OnGpus(string name) => Gpus.Select(g => _table.Find(g, name)).OfType<SeriesFact>();

    /// <summary>Events of a name at the component, its copies, its endpoint, its GPUs or instances.</summary>
    public IEnumerable<EventFact> Events(string name) => _places.Concat(Gpus).Concat(Instances)
        .SelectMany(_table.EventsOf).Where(e => e.Name == name);

    public SeriesFact? Latency => FirstWorse("latency", "request_latency", "ttft", "ttft_histogram", "inter_token_latency", "inter_token_latency_histogram");

    public SeriesFact? Throughput => FirstWorse("generation_tokens_per_second", "generation_tokens");

    public SeriesFact? Errors => FirstWorse("errors_5xx", "errors_model", "availability");

    public SeriesFact? Queue => FirstWorse("queue_depth", "queue_time");

    public SeriesFact? Arrivals => Find("requests");

    /// <summary>Arrivals known not to have grown (or unknown).</summary>
    public bool ArrivalsDidNotRise => Arrivals is not { Rose: true };

    /// <summary>
    /// A metric's mean since shortly before something began, as a multiple of its mean in the half hour before that: steadier
    /// than single buckets. Null: there is no such metric, or too little of it.
    /// </summary>
    public double? GrowthSince(string name, OnsetInterval onset)
    {
        if (Find(name) is not { } fact)
        {
            return null;
        }

        SeriesView view = fact.View;
        int split = view.From((onset.LastNormal - GrowthSlack).UnixMs);
        int from = view.From((onset.LastNormal - GrowthReference).UnixMs);
        int to = Math.Max(split, fact.To);
        if (split - from < MinGrowthPoints || to - split < 2)
        {
            return null;
        }

        double before = Mean(view.Values.AsSpan(from, split - from));
        return before > 0 ? Mean(view.Values.AsSpan(split, to - split)) / before : null;
    }

    /// <summary>How much more is asked since something began: requests times the length of their prompts; null: not counted.</summary>
    public double? DemandSince(OnsetInterval onset) =>
        GrowthSince("requests", onset) is { } requests ? requests * Math.Max(1, GrowthSince("prompt_tokens_per_request", onset) ?? 1) : null;

    /// <summary>When the trouble that users notice began: the symptom, else the earliest of quality, errors and latency.</summary>
    public OnsetInterval? HarmOnset
    {
        get
        {
            OnsetInterval? earliest = SymptomOnset;
            foreach (SeriesFact? fact in QualityFell.Append(Errors!).Append(Latency!).Append(Throughput!))
            {
                if (fact?.Interval is { } interval && (earliest is null || interval.FirstAbnormal < earliest.Value.FirstAbnormal))
                {
                    earliest = interval;
                }
            }

            return earliest;
        }
    }

    private bool IsOnAnswers(Verdict verdict) => verdict.Evidence.Lower is not null && (verdict.Entity == Component || verdict.Entity == Endpoint);

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
