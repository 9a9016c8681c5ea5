using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Memory creeps up (or what is free creeps down) in a straight line while the traffic stays. Tells GPU memory from the
/// host's and forecasts when it runs out.
/// </summary>
/// <remarks>
/// Needs at least <see cref="MinSpanMs"/> of history, a line that explains most of the series, and arrivals without such a
/// line. A step is no leak, a KV pool that fills with requests is none either.
/// </remarks>
internal sealed class MemoryLeakDetector : IPatternDetector
{
    private const long MinSpanMs = 1_800_000;
    private const double MinKendall = 4;
    private const double MinLinearity = 0.8;
    private const double MinShareGrowth = 0.02;
    private const double MinFreeLoss = 0.1;
    private const double TrafficGrowth = 0.15;

    private static readonly string[] Memories = ["gpu_memory_usage", "gpu_memory_free", "gpu_memory_used", "memory_usage"];

    public PatternMatch? Match(IncidentFacts facts)
    {
        if (TrafficGrows(facts))
        {
            return null;
        }

        (SeriesFact Fact, Trend Trend)? best = null;
        foreach (string name in Memories)
        {
            IEnumerable<SeriesFact?> places = facts.OnGpus(name).Concat(facts.Instances.Select(i => facts.FindAt(i, name))).Append(facts.Find(name));
            foreach (SeriesFact? fact in places)
            {
                if (fact is not null && Leaks(fact) is { } trend && (best is not { } b || (b.Fact.Name == name && Speed(fact, trend) > Speed(b.Fact, b.Trend))))
                {
                    best = (fact, trend);
                }
            }
        }

        return best is { } found ? Named(facts, found.Fact, found.Trend) : null;
    }

    private static PatternMatch Named(IncidentFacts facts, SeriesFact fact, Trend trend)
    {
        bool host = fact.Name == "memory_usage";
        Timestamp? exhaustion = ExhaustionOf(fact, trend);
        string when = exhaustion is { } at ? $", full at {Phrase.Time(at)} in {Phrase.Span((at - facts.At).TotalSeconds)}" : "";
        long start = fact.View.Times[0];
        OnsetInterval onset = fact.Interval ?? new OnsetInterval(new Timestamp(start), new Timestamp(start + fact.View.IntervalMs));
        // Where usage creeps with what is free, usage is the name by which people know it.
        SeriesFact? beside = fact.Name == "gpu_memory_free" ? facts.FindAt(fact.Entity, "gpu_memory_usage") : null;
        SeriesFact? usage = beside is not null && Creeps(beside) ? beside : null;
        PatternMatch match = new(IncidentPattern.MemoryLeak, fact.Entity, (usage ?? fact).Metric, onset,
            $"{facts.Name(fact.Entity)}: {(host ? "host" : "GPU")} memory leaks{when}")
        {
            HarmsUsers = facts.Errors is not null || facts.Latency is not null,
            ExhaustionAt = exhaustion,
        };
        double perHour = Math.Abs(trend.SlopePerMs) * 3_600_000;
        string way = $"from {Phrase.Value(fact.View, trend.First)} to {Phrase.Value(fact.View, trend.Last)}, {Phrase.Value(fact.View, perHour)} an hour";
        match.Evidence.Add($"{fact.Metric} of {facts.Name(fact.Entity)} went {way}, in a straight line (R² {trend.Linearity:0.00}).");
        if (exhaustion is { } full)
        {
            match.Evidence.Add($"At this pace it is exhausted at {full}, {Phrase.Span((full - facts.At).TotalSeconds)} from now.");
        }

        match.RuledOut.Add(host ? "GPU memory: the creep is in the host's memory." : "Host memory: the creep is in the GPU's memory.");
        if (facts.Arrivals is { HasPoints: true } arrivals)
        {
            match.RuledOut.Add($"Traffic growth: requests have no trend; {facts.MovedOrStayed(arrivals)}.");
        }
        else
        {
            RuleOut.Traffic(facts, match);
        }

        RuleOut.Quality(facts, match);
        return match;
    }

    private static bool Creeps(SeriesFact fact) => fact.To >= 2
        && Trend.Of(fact.View.Times.AsSpan(0, fact.To), fact.View.Values.AsSpan(0, fact.To))
            is { SlopePerMs: > 0, Kendall: >= MinKendall, Linearity: >= MinLinearity };

    private static Trend? Leaks(SeriesFact fact)
    {
        if (fact.To < 2 || fact.View.Times[fact.To - 1] - fact.View.Times[0] < MinSpanMs)
        {
            return null;
        }

        if (Trend.Of(fact.View.Times.AsSpan(0, fact.To), fact.View.Values.AsSpan(0, fact.To)) is not { } trend)
        {
            return null;
        }

        bool isFree = fact.Name == "gpu_memory_free";
        double growth = trend.Last - trend.First;
        bool enough = isFree ? -growth >= MinFreeLoss * trend.First
            : fact.Definition.Unit == MetricUnit.Ratio ? growth >= MinShareGrowth * fact.Whole
            : growth >= MinShareGrowth * trend.First;
        bool straight = Math.Abs(trend.Kendall) >= MinKendall && trend.Linearity >= MinLinearity;
        return enough && straight ? trend : null;
    }

    private static bool TrafficGrows(IncidentFacts facts)
    {
        if (facts.Arrivals is not { To: > 2 } arrivals)
        {
            return false;
        }

        Trend? found = Trend.Of(arrivals.View.Times.AsSpan(0, arrivals.To), arrivals.View.Values.AsSpan(0, arrivals.To));
        return found is { } trend && trend.Kendall >= MinKendall && trend.Last - trend.First >= TrafficGrowth * Math.Abs(trend.First);
    }

    private static double Speed(SeriesFact fact, Trend trend) => Math.Abs(trend.SlopePerMs) / Math.Max(1e-12, fact.View.Largest);

    /// <summary>When the line reaches the end: full, or nothing free. Unknown where the capacity is.</summary>
    private static Timestamp? ExhaustionOf(SeriesFact fact, Trend trend)
    {
        double? end = fact.Name == "gpu_memory_free" ? 0 : fact.Definition.Unit == MetricUnit.Ratio ? fact.Whole : null;
        if (end is null || trend.SlopePerMs == 0)
        {
            return null;
        }

        double ms = (end.Value - trend.Last) / trend.SlopePerMs;
        const double YearMs = 365.0 * 86_400_000;
        return ms is >= 0 and < YearMs ? new Timestamp(trend.LastMs + (long)ms) : null;
    }
}
