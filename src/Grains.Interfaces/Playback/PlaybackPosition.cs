using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Playback;

/// <summary>How far a recording has been played.</summary>
/// <param name="RunId">Which run: a recording that is played anew is another one.</param>
/// <param name="Time">Everything before it was played.</param>
/// <param name="IsOver">True: it was played to its end.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.playback-position")]
public sealed record PlaybackPosition([property: Id(0)] string RunId, [property: Id(1)] Timestamp Time, [property: Id(2)] bool IsOver);
