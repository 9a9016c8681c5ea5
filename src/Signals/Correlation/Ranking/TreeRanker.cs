using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>
/// Ranks what moved on an endpoint's tree by deviation, by closeness to the target, and by who was first. It has no masses
/// to compare, so it orders suspects; a pattern names the cause.
/// </summary>
internal sealed class TreeRanker(TopologyMap topology, FactTable table, EntityId target, SeriesFact? symptom, OnsetInterval? onset)
{
    private const double LaterWeight = 0.5;
    private const double SameTimeWeight = 0.8;
    private const double EffectWeight = 0.5;
    private const double NeutralWeight = 0.7;
    private const double ElsewhereWeight = 0.3;
    private const double CopyWeight = 0.9;
    private const double EventScore = 0.4;

    private static readonly HashSet<string> Effects = new(StringComparer.Ordinal)
    {
        "latency", "request_latency", "ttft", "ttft_histogram", "inter_token_latency", "inter_token_latency_histogram", "errors_5xx",
        "errors_4xx", "errors_model", "availability", "generation_tokens_per_second", "generation_tokens", "overhead_latency",
    };

    /// <summary>What moved, the most suspect first; ties by name, so that the order is always the same.</summary>
    public List<Candidate> Rank()
    {
        List<Candidate> candidates = [];
        foreach (SeriesFact fact in table.All)
        {
            if (fact.Moved && !fact.GotBetter && fact != symptom && Closeness(fact.Entity) is var closeness and > 0)
            {
                candidates.Add(Of(fact, closeness));
            }
        }

        foreach (EventFact happened in table.AllEvents)
        {
            double closeness = Closeness(happened.Entity);
            bool inTime = onset is null || !onset.Value.Precedes(happened.Interval);
            if (closeness > 0 && inTime)
            {
                string text = $"{happened.Name} of {topology.Format(happened.Entity)} at {Phrase.Time(happened.Times[0])}.";
                candidates.Add(new Candidate(happened.Entity, happened.Metric, EventScore * closeness, happened.Interval, [text], []));
            }
        }

        candidates.Sort(Candidate.BestFirst);
        return candidates;
    }

    private Candidate Of(SeriesFact fact, double closeness)
    {
        List<string> evidence = [$"{Phrase.Moved(fact, topology)}."];
        List<string> against = [];
        bool isEffect = Effects.Contains(fact.Name) || fact.Definition.Unit == MetricUnit.Score;
        double weight = closeness * (isEffect ? EffectWeight : fact.Definition.Direction == MetricDirection.Neutral ? NeutralWeight : 1);
        if (onset is { } o && fact.Interval is { } own)
        {
            weight *= own.Precedes(o) ? 1 : o.Precedes(own) ? LaterWeight : SameTimeWeight;
            if (o.Precedes(own))
            {
                against.Add("It moved after the target did.");
            }
        }

        if (closeness < 1 && fact.Entity.Kind == EntityKind.Gpu && target.Kind == EntityKind.Component)
        {
            against.Add($"Placement is unknown: {topology.Format(target)} may run on it.");
        }

        double score = weight * Math.Log(1 + Math.Abs(fact.Z)) / Math.Log(1 + table.Options.MaxZ);
        return new Candidate(fact.Entity, fact.Metric, Math.Min(1, score), fact.Interval, evidence, against, fact);
    }

    /// <summary>1 for the target and what surely carries it, less for what may, 0 for what has nothing to do with it.</summary>
    private double Closeness(EntityId entity)
    {
        if (entity == target || target.Kind == EntityKind.Endpoint || entity.Kind == EntityKind.Endpoint)
        {
            return entity.Kind == EntityKind.Copy && target.Kind == EntityKind.Endpoint ? CopyWeight : entity.Endpoint == target.Endpoint ? 1 : 0;
        }

        if (entity.Parent == target || target.Parent == entity)
        {
            return CopyWeight;
        }

        EntityId? component = target.Kind == EntityKind.Component ? target : target.Kind == EntityKind.Copy ? target.Parent : null;
        if (component is not null && entity.Kind is EntityKind.Gpu or EntityKind.Instance)
        {
            IReadOnlyList<EntityId> possible = topology.PossibleGpusOf(component);
            bool isThere = possible.Any(g => g == entity || g.Parent == entity);
            return !isThere ? ElsewhereWeight : topology.GpusOf(component).Count > 0 ? 1 : Math.Max(ElsewhereWeight, 1.0 / possible.Count);
        }

        if (target.Kind is EntityKind.Gpu or EntityKind.Instance && entity.Kind == EntityKind.Component)
        {
            return topology.PossibleGpusOf(entity).Any(g => g == target || g.Parent == target) ? CopyWeight : ElsewhereWeight;
        }

        return ElsewhereWeight;
    }
}
