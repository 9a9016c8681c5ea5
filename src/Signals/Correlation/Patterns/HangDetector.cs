using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Requests are inside and nothing comes out. Needs work in flight (running, queued or concurrent requests, not fewer than
/// before), token output at nothing, and a utilisation, where known, of 0 or stuck at 100 %.
/// </summary>
/// <remarks>Rules out "idle": an idle endpoint has nobody waiting.</remarks>
internal sealed class HangDetector : IPatternDetector
{
    private const double NothingShare = 0.05;
    private const double IdleShare = 0.05;
    private const double StuckShare = 0.97;

    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? output = facts.Throughput;
        if (output is not { Before: > 0 } || output.After > NothingShare * output.Before)
        {
            return null;
        }

        SeriesFact? inFlight = InFlight(facts);
        if (inFlight is null)
        {
            return null;
        }

        SeriesFact[] loads = [.. facts.OnGpus("gpu_utilization").Concat(facts.Find("gpu_utilization") is { } own ? [own] : []).Where(f => f.HasPoints)];
        SeriesFact? load = loads.FirstOrDefault(f => f.AfterShare <= IdleShare || f.AfterShare >= StuckShare);
        if (loads.Length > 0 && load is null)
        {
            return null;
        }

        PatternMatch match = new(IncidentPattern.Hang, output.Entity, output.Metric, output.Interval,
            $"{facts.Name(facts.Component)}: hangs; requests are inside, no tokens come out")
        {
            HarmsUsers = true,
        };
        match.Evidence.Add($"{facts.Moved(output)}.");
        match.Evidence.Add($"{facts.MovedOrStayed(inFlight)}: requests are in flight.");
        if (load is not null)
        {
            match.Evidence.Add($"{facts.MovedOrStayed(load)}{(load.AfterShare >= StuckShare ? ": busy without output" : ": no kernel runs")}.");
        }

        match.RuledOut.Add($"Idle: {inFlight.Metric} is {Phrase.Value(inFlight.View, inFlight.After)}, so somebody waits.");
        RuleOut.Traffic(facts, match);
        return match;
    }

    private static SeriesFact? InFlight(IncidentFacts facts)
    {
        foreach (string name in new[] { "requests_running", "concurrency", "queue_depth" })
        {
            if (facts.Find(name) is { HasPoints: true } fact && Latest(fact) >= 1 && !(fact.Fell && fact.After < 0.5 * fact.Before))
            {
                return fact;
            }
        }

        return null;
    }

    private static double Latest(SeriesFact fact) => fact.View.Values[fact.To - 1];
}
