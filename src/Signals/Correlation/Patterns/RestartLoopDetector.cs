using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// The container dies and comes back, again and again. Needs restarts (three, two with errors or lost requests, one
/// at the moment in which calls begin to fail), or
/// errors with memory that stays full after the requests are gone: what holds it is not load.
/// </summary>
/// <remarks>Rules out load when memory stays full without requests; says so when the restarts come further and further apart.</remarks>
internal sealed class RestartLoopDetector : IPatternDetector
{
    private const double FullShare = 0.95;
    private const double LoadGone = 0.3;
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(60);
    private const int MinRestarts = 2;
    private const int ManyRestarts = 3;

    public PatternMatch? Match(IncidentFacts facts)
    {
        EventFact? restarts = facts.Events("restarts").MaxBy(e => e.Times.Count);
        SeriesFact? memory = FullMemory(facts);
        bool harm = facts.Errors is not null || facts.Arrivals is { Fell: true };
        int count = restarts?.Times.Count ?? 0;
        bool loop = count >= ManyRestarts || (count >= MinRestarts && (harm || memory is not null));
        bool fullWithoutLoad = memory is not null && LoadIsGone(facts) && (facts.Errors is not null || count > 0);
        if (!loop && !fullWithoutLoad && !FailsByRestart(facts, restarts))
        {
            return null;
        }

        PatternMatch match = count > 0
            ? Of(facts, restarts!.Entity.Kind is EntityKind.Copy ? restarts.Entity : facts.Component, restarts.Metric, restarts.Interval, harm, loop)
            : Of(facts, facts.Component, memory!.Metric, memory.Interval, harm, true);
        if (count > 0)
        {
            AddRestarts(facts, restarts!, match);
        }

        if (memory is not null)
        {
            match.Evidence.Add($"{facts.MovedOrStayed(memory)}{(LoadIsGone(facts) ? ", and stays there without load" : "")}.");
        }

        if (facts.Errors is { } errors)
        {
            match.Evidence.Add($"{facts.Moved(errors)}.");
        }

        if (LoadIsGone(facts))
        {
            match.RuledOut.Add($"Load: {facts.Moved(facts.Arrivals!)}; what fills the memory is not traffic.");
        }
        else
        {
            RuleOut.Traffic(facts, match);
        }

        return match;
    }

    private static PatternMatch Of(IncidentFacts facts, EntityId entity, Metrics.MetricName metric, OnsetInterval? onset, bool harm, bool loop) =>
        new(IncidentPattern.RestartLoop, entity, metric, onset,
            $"{facts.Name(facts.Component)}: {(loop ? "restarts in a loop" : "restarted")}{(harm ? "; calls fail" : "")}") { HarmsUsers = harm };

    /// <summary>One restart, and calls fail from then on: the first of a loop looks so. A deployment would explain both.</summary>
    private static bool FailsByRestart(IncidentFacts facts, EventFact? restarts) =>
        restarts is not null && facts.Errors?.Interval is { } failing && !facts.Events("deployment_event").Any()
        && restarts.Times.Any(t => t >= failing.LastNormal - Together && t <= failing.FirstAbnormal + Together);

    private static void AddRestarts(IncidentFacts facts, EventFact restarts, PatternMatch match)
    {
        IReadOnlyList<Timestamp> times = restarts.Times;
        match.Evidence.Add($"{times.Count} restart{(times.Count == 1 ? "" : "s")} of {facts.Name(restarts.Entity)}, the first at {Phrase.Time(times[0])}, the last at {Phrase.Time(times[^1])}.");
        if (times.Count >= ManyRestarts)
        {
            double[] gaps = [.. times.Skip(1).Select((t, i) => (t - times[i]).TotalSeconds)];
            if (gaps[^1] > 1.3 * gaps[0] && gaps.Skip(1).Select((g, i) => g - gaps[i]).Count(d => d > 0) >= gaps.Length / 2)
            {
                match.Evidence.Add($"The restarts come further and further apart ({string.Join(", ", gaps.Take(5).Select(Phrase.Span))}): a back-off.");
            }
        }
    }

    private static SeriesFact? FullMemory(IncidentFacts facts)
    {
        foreach (string name in new[] { "memory_usage", "gpu_memory_usage" })
        {
            SeriesFact? fact = facts.Find(name) is { } own ? own : facts.OnGpus(name).MaxBy(f => f.AfterShare);
            if (fact is { HasPoints: true, Fell: false } && fact.AfterShare >= FullShare && (fact.Rose || LoadIsGone(facts)))
            {
                return fact;
            }
        }

        return null;
    }

    private static bool LoadIsGone(IncidentFacts facts) => facts.Arrivals is { Fell: true } arrivals && arrivals.After <= LoadGone * arrivals.Before;
}
