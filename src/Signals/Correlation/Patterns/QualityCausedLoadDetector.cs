using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Answers that do not end, or repeat themselves, eat the capacity. Needs longer answers or a fall of the integrity family
/// first (or at the same time, with longer answers), then more load, with arrivals that did not rise.
/// </summary>
/// <remarks>
/// Rules out a traffic surge and machines that are too small: cost per request grew, not the number of requests. An answer
/// is measured and scored when it has ended, but holds its place and its KV blocks while it is written, so load may be seen
/// before the answers that cause it, by as long as an answer takes. Then the work per request decides the direction, not the
/// order: longer answers, or more tokens out for requests that did not grow.
/// </remarks>
internal sealed class QualityCausedLoadDetector : IPatternDetector
{
    private static readonly string[] Family =
        [QualityDimensions.Integrity, QualityDimensions.Repetition, QualityDimensions.Truncation, QualityDimensions.Completeness];

    private static readonly string[] Loads =
    [
        "latency", "request_latency", "concurrency", "requests_running", "kv_cache_usage", "queue_depth", "generation_tokens_per_second",
        "gpu_utilization",
    ];

    private static readonly string[] Held = ["concurrency", "requests_running", "kv_cache_usage"];
    private static readonly string[] Loops = [QualityDimensions.Integrity, QualityDimensions.Repetition, QualityDimensions.Truncation];

    /// <summary>From here on the demand is a cause of its own.</summary>
    private const double MoreDemand = 1.25;

    /// <summary>So much more demand competes even with work per request that grew.</summary>
    private const double MuchMoreDemand = 1.8;
    private const double MoreWork = 1.1;

    private static readonly string[] LatencyNames = ["latency", "request_latency"];
    private static readonly TimeSpan AnswerLengthMin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnswerLengthMax = TimeSpan.FromMinutes(10);

    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? longer = facts.Find("output_tokens_per_answer") is { Rose: true } rose ? rose : null;
        SeriesFact? degenerate = Family.Select(facts.Find).FirstOrDefault(f => f is { Fell: true });
        SeriesFact[] loads = [.. Loads.Select(facts.Find).Where(f => f is { Rose: true })!];
        if ((longer is null && degenerate is null) || loads.Length == 0)
        {
            return null;
        }

        OnsetInterval first = (longer?.Interval, degenerate?.Interval) switch
        {
            ({ } l, { } d) => l.FirstAbnormal <= d.FirstAbnormal ? l : d,
            ({ } l, null) => l,
            (_, { } d) => d,
            _ => default,
        };
        OnsetInterval loaded = loads.MinBy(l => l.Interval!.Value.FirstAbnormal)!.Interval!.Value;
        double? demand = facts.DemandSince(loaded);
        double work = Work(facts, loaded);
        bool moreDemand = demand is { } asked
            ? asked >= (work >= MoreWork ? MuchMoreDemand : MoreDemand)
            : facts.Find("prompt_tokens_per_request") is { Rose: true };
        bool slowed = degenerate is null && facts.Throughput is not null;
        if (moreDemand || slowed)
        {
            return null;
        }

        // Pressure that was there first is the other pattern, and without more work per request the order must be certain.
        TimeSpan unseen = longer is null ? TimeSpan.Zero : AnswerLength(facts);
        OnsetInterval earliest = new(first.LastNormal - unseen, first.FirstAbnormal - unseen);
        bool pressureFirst = loads.Any(l => l.Interval!.Value.Precedes(earliest) && l.Name != "generation_tokens_per_second");
        bool certain = longer is not null || loads.All(l => first.Precedes(l.Interval!.Value));
        if ((pressureFirst || !certain) && !(demand is not null && WorkGrew(facts, longer, degenerate, work)))
        {
            return null;
        }

        SeriesFact cause = degenerate is not null && degenerate.Name == QualityDimensions.Integrity ? degenerate : longer ?? degenerate!;
        bool repeats = facts.Find(QualityDimensions.Repetition) is { Fell: true };
        string what = repeats ? "answers repeat endlessly" : longer is not null ? "answers do not end" : "answers are degenerate";
        PatternMatch match = new(IncidentPattern.QualityCausedLoad, cause.Entity, cause.Metric, cause.Interval,
            $"{facts.Name(facts.Component)}: {what}; load follows") { HarmsUsers = true };
        foreach (SeriesFact? fact in new[] { degenerate, longer })
        {
            if (fact is not null)
            {
                match.Evidence.Add($"{facts.Moved(fact)}.");
            }
        }

        match.Evidence.Add($"After it: {string.Join("; ", loads.Take(3).Select(l => facts.Moved(l)))}.");
        RuleOut.Traffic(facts, match);
        match.RuledOut.Add("Too few or too small GPUs: the work per request grew, not the number of requests.");
        RuleOut.Changes(facts, match);
        return match;
    }

    /// <summary>More is inside, and the answers are longer, or degenerate while more tokens come out for each request that comes.</summary>
    private static bool WorkGrew(IncidentFacts facts, SeriesFact? longer, SeriesFact? degenerate, double work)
    {
        bool inside = Held.Any(name => facts.Find(name) is { Rose: true });
        return inside && (longer is not null || (degenerate is not null && Array.IndexOf(Loops, degenerate.Name) >= 0 && work >= MoreWork));
    }

    /// <summary>Tokens that come out per request that comes, as a multiple of normal; 0: not measured.</summary>
    private static double Work(IncidentFacts facts, OnsetInterval loaded)
    {
        double tokens = facts.GrowthSince("generation_tokens_per_second", loaded) ?? facts.GrowthSince("generation_tokens", loaded) ?? 0;
        return facts.GrowthSince("requests", loaded) is { } requests and > 0 ? tokens / requests : 0;
    }

    /// <summary>How long an answer takes at the worst: until then nobody has seen it.</summary>
    private static TimeSpan AnswerLength(IncidentFacts facts)
    {
        SeriesFact? latency = LatencyNames.Select(facts.Find).FirstOrDefault(f => f is { Rose: true });
        return latency is null ? AnswerLengthMin : TimeSpan.FromSeconds(Math.Clamp(latency.Worst, AnswerLengthMin.TotalSeconds, AnswerLengthMax.TotalSeconds));
    }
}
