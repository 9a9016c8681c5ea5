using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>What became of a silence that was asked for.</summary>
/// <param name="Outcome">Taken, or why not.</param>
/// <param name="EffectiveFrom">From when nothing that it matches reaches a receiver; null: not taken.</param>
/// <param name="NotTold">Endpoints that did not answer in time: there it holds once they do.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.silence-receipt")]
public sealed record SilenceReceipt(
    [property: Id(0)] SilenceOutcome Outcome, [property: Id(1)] Timestamp? EffectiveFrom, [property: Id(2)] string[] NotTold);
