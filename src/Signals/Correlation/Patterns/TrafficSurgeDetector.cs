using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// More requests arrive, and nothing worse than busier machines follows. Needs arrivals beyond their reference's range and
/// quality that did not fall.
/// </summary>
/// <remarks>Says the cost per request where it can be told: grown arrivals at a flat cost are demand, not a fault.</remarks>
internal sealed class TrafficSurgeDetector : IPatternDetector
{
    private const double MinFactor = 1.3;

    public PatternMatch? Match(IncidentFacts facts)
    {
        bool answersSuffer = facts.QualityFell.Count > 0 || facts.Errors is not null || facts.IsFiringOnAnswers;
        if (facts.Arrivals is not { Rose: true } arrivals || arrivals.Factor < MinFactor || answersSuffer)
        {
            return null;
        }

        PatternMatch match = new(IncidentPattern.TrafficSurge, arrivals.Entity, arrivals.Metric, arrivals.Interval,
            $"{facts.Name(facts.Component)}: {arrivals.Factor:0.0} times the usual arrivals") { HarmsUsers = false };
        match.Evidence.Add($"{facts.Moved(arrivals)}.");
        foreach (SeriesFact? load in new[] { facts.Find("gpu_utilization") ?? facts.OnGpus("gpu_utilization").MaxBy(f => f.Z), facts.Latency })
        {
            if (load is { Rose: true })
            {
                match.Evidence.Add($"{facts.Moved(load)}.");
            }
        }

        if (facts.Find("output_tokens_per_answer") is { HasHistory: true, Moved: false } cost)
        {
            match.RuledOut.Add($"Cost per request: {facts.Stayed(cost)}.");
        }

        RuleOut.Quality(facts, match);
        return match;
    }
}
