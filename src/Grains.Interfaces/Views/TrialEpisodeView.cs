using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One time that a rule would have fired.</summary>
/// <param name="Entity">Of whom.</param>
/// <param name="Labels">Of the series, where the rule tells them apart.</param>
/// <param name="Onset">Since when its condition held.</param>
/// <param name="FiredAt">When it had held for long enough.</param>
/// <param name="EndedAt">When it ended; null: it still fires.</param>
/// <param name="FiringSeconds">How long it fired, up to the end of the trial.</param>
/// <param name="EndReason">Why it ended; null: it has not.</param>
/// <param name="Flaps">How often it came back within keep.</param>
/// <param name="Evidence">What the rule saw when it fired.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.trial-episode-view")]
public sealed record TrialEpisodeView(
    [property: Id(0)] string Entity,
    [property: Id(1)] string Labels,
    [property: Id(2)] Timestamp Onset,
    [property: Id(3)] Timestamp FiredAt,
    [property: Id(4)] Timestamp? EndedAt,
    [property: Id(5)] double FiringSeconds,
    [property: Id(6)] string? EndReason,
    [property: Id(7)] long Flaps,
    [property: Id(8)] string Evidence);
