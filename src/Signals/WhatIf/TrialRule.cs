using System.Collections.Immutable;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.WhatIf;

/// <summary>What one rule would have done.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Targets">How many entities it selects.</param>
/// <param name="Episodes">In order of firing; at most <see cref="EpisodesMax"/>.</param>
/// <param name="Fired">All of them.</param>
/// <param name="NearMisses">How often its condition held, but not for long enough.</param>
/// <param name="LongestHold">The longest hold seen.</param>
/// <param name="NotJudged">Why it was not judged to the end; null: it was.</param>
public sealed record TrialRule(
    Rule Rule, int Targets, ImmutableArray<TrialEpisode> Episodes, int Fired, long NearMisses, TimeSpan LongestHold,
        TrialRefusal? NotJudged)
{
    public const int EpisodesMax = 100;
}
