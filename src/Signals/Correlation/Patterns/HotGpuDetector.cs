using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// One GPU of a group works while the others wait, or the reverse: the average hides it. Needs at least two GPUs and a
/// distance from the median of the others that is new.
/// </summary>
/// <remarks>Rules out "average utilisation is normal, so all is well", and heat where temperatures are known to be normal.</remarks>
internal sealed class HotGpuDetector : IPatternDetector
{
    private const double MinShare = 0.15;

    public PatternMatch? Match(IncidentFacts facts)
    {
        foreach (string name in new[] { "gpu_utilization", "gpu_memory_usage" })
        {
            SeriesFact[] gpus = [.. facts.OnGpus(name).Where(f => f.HasHistory)];
            if (SiblingSpread.Of(gpus, facts.Table.SearchFrom) is { } spread && Math.Abs(spread.Change) >= MinShare * spread.Fact.Whole)
            {
                return Named(facts, Hottest(spread, gpus), gpus.Length);
            }
        }

        return null;
    }

    /// <summary>Of a pair, each stands apart from the other equally: the one that did more is named.</summary>
    private static SiblingSpread Hottest(SiblingSpread spread, SeriesFact[] gpus)
    {
        if (gpus.Length != 2 || spread.Change > 0)
        {
            return spread;
        }

        SeriesFact other = gpus[0] == spread.Fact ? gpus[1] : gpus[0];
        return spread with { Fact = other, Before = -spread.Before, After = -spread.After, Z = -spread.Z };
    }

    private static PatternMatch Named(IncidentFacts facts, SiblingSpread spread, int count)
    {
        SeriesFact gpu = spread.Fact;
        string name = facts.Name(gpu.Entity);
        bool hot = spread.Change > 0;
        PatternMatch match = new(IncidentPattern.HotGpu, gpu.Entity, gpu.Metric, spread.Onset,
            $"{name}: {(hot ? "works while the others wait" : "lags behind the others")}; the average hides it")
        {
            HarmsUsers = facts.Throughput is not null || facts.Latency is not null || facts.Errors is not null,
        };
        double points = 100 / gpu.Whole;
        string distance = $"{spread.After * points:+0;-0} points from the median of the {count - 1} other GPU(s), before {spread.Before * points:+0;-0}";
        match.Evidence.Add($"{gpu.Metric} of {name} lies {distance} ({Math.Abs(spread.Z):0.#} spreads), since {Phrase.Time(spread.Onset.FirstAbnormal)}.");
        match.Evidence.Add($"The average of all {count} moved by {spread.AverageMove * points:+0;-0;0} points only.");
        if (facts.Throughput is { } output)
        {
            match.Evidence.Add($"{facts.Moved(output)}.");
        }

        if (facts.FindAt(gpu.Entity, "gpu_temperature") is { HasHistory: true, Rose: false } temperature)
        {
            match.RuledOut.Add($"Heat: {facts.Stayed(temperature)}.");
        }

        RuleOut.Traffic(facts, match);
        RuleOut.Quality(facts, match);
        return match;
    }
}
