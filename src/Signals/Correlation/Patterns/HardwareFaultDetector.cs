using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// One GPU fails: the driver reported an XID, memory errors that ECC could not mend rose, it was throttled, or its data
/// stopped while its siblings went on and errors rose. Names the GPU by its index.
/// </summary>
/// <remarks>
/// XIDs 13, 31, 43, 45 and 68 are raised by the program that runs, not by the device (NVIDIA, XID Errors): alone, without
/// any harm beside them, they are no hardware fault. Rules out a lack of capacity when the other GPUs are normal, and never
/// offers the fault as the cause of wrong text.
/// </remarks>
internal sealed class HardwareFaultDetector : IPatternDetector
{
    private const double ClockLost = 0.85;
    private const double IdleShare = 0.05;
    private const int SilentIntervals = 4;

    /// <summary>Noise may date the harm this much too early.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(60);

    private static readonly double[] OfTheProgram = [13, 31, 43, 45, 68];

    public PatternMatch? Match(IncidentFacts facts)
    {
        PatternMatch? match = ByXid(facts) ?? ByEcc(facts) ?? ByThrottle(facts) ?? ByVanishing(facts);
        if (match is null)
        {
            return null;
        }

        AddNeighbours(facts, match);
        RuleOut.HardwareAsCauseOfText(facts, match);
        return match;
    }

    private static PatternMatch? ByXid(IncidentFacts facts)
    {
        EventFact? xid = facts.Gpus.Concat(facts.Instances).SelectMany(facts.Table.EventsOf)
            .Where(e => e.Name == "xid_errors" && (!IsAfter(facts, e.Interval) || IsFiring(facts, e.Entity)))
            .OrderBy(e => e.Times[0]).ThenBy(e => e.Entity).FirstOrDefault();
        if (xid is null)
        {
            return null;
        }

        bool ofTheProgram = xid.Codes.All(c => Array.IndexOf(OfTheProgram, c) >= 0);
        bool harm = facts.Errors is not null || facts.Throughput is not null || facts.FindAt(xid.Entity, "gpu_utilization") is { Fell: true };
        if (ofTheProgram && !harm)
        {
            return null;
        }

        PatternMatch match = Named(facts, xid.Entity, xid.Metric, xid.Interval, $"XID {xid.Codes[0]:0}");
        match.Evidence.Add($"XID {string.Join(", ", xid.Codes.Distinct().Select(c => c.ToString("0")))} on {facts.Name(xid.Entity)} at {Phrase.Time(xid.Times[0])}.");
        if (ofTheProgram)
        {
            match.Against.Add($"XID {xid.Codes[0]:0} is usually raised by the program, not by the device.");
        }

        return match;
    }

    private static PatternMatch? ByEcc(IncidentFacts facts)
    {
        SeriesFact? ecc = facts.OnGpus("ecc_uncorrectable")
            .Where(f => f.Onset is { Sign: > 0 } && (!IsAfter(facts, f.Interval!.Value) || IsFiring(facts, f.Entity)))
            .MaxBy(f => f.Z);
        if (ecc is null)
        {
            return null;
        }

        PatternMatch match = Named(facts, ecc.Entity, ecc.Metric, ecc.Interval, "uncorrectable ECC errors");
        match.Evidence.Add($"{facts.Moved(ecc)}: memory errors that ECC could not mend.");
        return match;
    }

    private static PatternMatch? ByThrottle(IncidentFacts facts)
    {
        SeriesFact? throttle = facts.OnGpus("gpu_clock_throttle").Where(f => f.Rose).MaxBy(f => f.Z);
        SeriesFact? clock = facts.OnGpus("gpu_clock").Where(f => f.Fell && f.Factor < ClockLost).MinBy(f => f.Factor);
        if (clock is not null && facts.FindAt(clock.Entity, "gpu_utilization") is { HasPoints: true } load && load.AfterShare < 0.3)
        {
            // An idle GPU lowers its clock by itself.
            clock = null;
        }

        SeriesFact? first = throttle ?? clock;
        if (first is null || IsAfter(facts, first.Interval!.Value))
        {
            return null;
        }

        PatternMatch match = Named(facts, first.Entity, first.Metric, first.Interval, "throttled");
        match.Evidence.Add($"{facts.Moved(first)}: the GPU was slowed down.");
        foreach (string name in new[] { "gpu_clock", "gpu_temperature", "gpu_memory_temperature", "gpu_power" })
        {
            if (facts.FindAt(first.Entity, name) is { Moved: true } beside && beside != first)
            {
                match.Evidence.Add($"{facts.Moved(beside)}.");
            }
        }

        return match;
    }

    private static PatternMatch? ByVanishing(IncidentFacts facts)
    {
        if (facts.Errors is not { } errors)
        {
            return null;
        }

        SeriesFact[] all = [.. facts.OnGpus("gpu_utilization")];
        if (all.Length < 2)
        {
            return null;
        }

        long newest = all.Max(f => f.View.Times[Math.Max(0, f.To - 1)]);
        SeriesFact? gone = all.Where(f => f.HasHistory && newest - f.View.Times[Math.Max(0, f.To - 1)] >= SilentIntervals * f.View.IntervalMs)
            .MinBy(f => f.View.Times[Math.Max(0, f.To - 1)]);
        if (gone is null)
        {
            return null;
        }

        Timestamp last = new(gone.View.Times[Math.Max(0, gone.To - 1)]);
        OnsetInterval onset = new(last, new Timestamp(last.UnixMs + gone.View.IntervalMs));
        PatternMatch match = Named(facts, gone.Entity, gone.Metric, onset, "vanished");
        match.Evidence.Add($"{facts.Name(gone.Entity)} sends no data since {Phrase.Time(last)} while its siblings do, and {facts.Moved(errors)}.");
        return match;
    }

    private static PatternMatch Named(IncidentFacts facts, EntityId gpu, Metrics.MetricName metric, OnsetInterval? onset, string what) =>
        new(IncidentPattern.HardwareFault, gpu, metric, onset,
            $"{facts.Name(gpu)}: {what}{(facts.Errors is null ? "" : "; calls on it fail")}")
        {
            HarmsUsers = facts.Errors is not null || facts.Latency is not null || facts.Throughput is not null,
        };

    private static void AddNeighbours(IncidentFacts facts, PatternMatch match)
    {
        if (facts.FindAt(match.Entity, "gpu_utilization") is { Moved: true } own && own.Metric != match.Metric)
        {
            match.Evidence.Add($"{facts.Moved(own)}{(own.AfterShare <= IdleShare ? ": it does no work" : "")}.");
        }

        if (facts.Errors is { } errors)
        {
            match.Evidence.Add($"{facts.Moved(errors)}.");
        }

        SeriesFact[] others = [.. facts.OnGpus("gpu_utilization").Where(f => f.Entity != match.Entity && f.HasHistory)];
        if (others.Length > 0)
        {
            int sick = others.Count(f => facts.FindAt(f.Entity, "ecc_uncorrectable") is { Onset: not null } || facts.Table.EventsOf(f.Entity).Any(e => e.Name == "xid_errors"));
            match.RuledOut.Add(sick == 0
                ? $"Lack of capacity across the endpoint: {others.Length} other GPU{(others.Length == 1 ? "" : "s")} report no fault; a partner that waits for the broken one may look idle."
                : $"A single fault: {sick} of {others.Length} other GPUs report faults too.");
        }

        if (!facts.PlacementIsKnown && facts.Component.Kind == EntityKind.Component)
        {
            match.Against.Add($"Placement is unknown: {facts.Name(facts.Component)} may run on {facts.Name(match.Entity)}.");
        }
    }

    /// <summary>A rule fires on the device itself: then it is what is asked about.</summary>
    private static bool IsFiring(IncidentFacts facts, EntityId device) => facts.Verdicts.Any(v => v.Truth == Rules.Truth.True && v.Entity == device);

    /// <summary>A fault that was reported after the harm began is a consequence or a coincidence.</summary>
    private static bool IsAfter(IncidentFacts facts, OnsetInterval fault) => facts.HarmOnset is { } harm && harm.FirstAbnormal + Slack < fault.LastNormal;
}
