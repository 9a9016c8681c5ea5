using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Other requests arrive, not more: longer or shorter prompts, fewer hits in the prefix cache, or a fall of arrivals. Needs
/// one of these, no later than what it is to explain.
/// </summary>
/// <remarks>Rules out a surge. What the shift is about (language, task) has to be read from the prompts.</remarks>
internal sealed class TrafficShiftDetector : IPatternDetector
{
    private const double FallFactor = 0.5;
    private const double MinPersistence = 0.4;

    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? mix = null;
        foreach (string name in new[] { "prompt_tokens_per_request", "prompt_drift", "cache_hit_rate" })
        {
            mix ??= facts.Find(name) is { Moved: true, Persistence: >= MinPersistence } moved ? moved : null;
        }

        SeriesFact? fewer = facts.Arrivals is { Fell: true } arrivals && arrivals.Factor <= FallFactor && facts.Errors is null ? arrivals : null;
        SeriesFact? first = mix ?? fewer;
        if (first is null || facts.IsFiringOnAnswers || facts.QualityFell.Any(q => q.Interval!.Value.Precedes(first.Interval!.Value)))
        {
            return null;
        }

        string what = first == fewer ? "fewer requests arrive" : first.Name == "cache_hit_rate" ? "prompts share fewer prefixes" : "another mix of prompts";
        PatternMatch match = new(IncidentPattern.TrafficShift, first.Entity, first.Metric, first.Interval,
            $"{facts.Name(facts.Component)}: {what}");
        match.Evidence.Add($"{facts.Moved(first)}.");
        foreach (SeriesFact? felt in new[] { facts.Latency, facts.QualityFell.Count > 0 ? facts.QualityFell[0] : null })
        {
            if (felt is not null)
            {
                match.Evidence.Add($"{facts.Moved(felt)}.");
            }
        }

        if (first != fewer)
        {
            RuleOut.Traffic(facts, match);
        }

        RuleOut.Quality(facts, match);
        return match;
    }
}
