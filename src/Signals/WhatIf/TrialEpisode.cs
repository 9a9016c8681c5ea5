using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.WhatIf;

/// <summary>One time that a rule would have fired.</summary>
/// <param name="Entity">Of whom.</param>
/// <param name="Residual">Labels, where the rule looks at one set of several.</param>
/// <param name="Onset">Since when its condition held.</param>
/// <param name="FiredAt">When it had held for long enough.</param>
/// <param name="EndedAt">When it ended; null: it still fires at the end of the trial.</param>
/// <param name="EndReason">Why it ended; empty: it has not.</param>
/// <param name="Flaps">How often it came back within <c>keep</c>.</param>
/// <param name="Evidence">What the rule saw when it fired.</param>
public sealed record TrialEpisode(
    EntityId Entity, LabelSet Residual, Timestamp Onset, Timestamp FiredAt, Timestamp? EndedAt, string EndReason, long Flaps,
        string Evidence);
