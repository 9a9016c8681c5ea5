using Grainwatch.Grains.Interfaces.Playback;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Playback;

/// <summary>What is stored of <see cref="PlaybackPosition"/>.</summary>
[GenerateSerializer, Alias("grainwatch.playback-state")]
public sealed class PlaybackState
{
    [Id(0)]
    public string? RunId { get; set; }

    [Id(1)]
    public long TimeUnixMs { get; set; }

    [Id(2)]
    public bool IsOver { get; set; }

    public PlaybackPosition? ToPosition() => RunId is null ? null : new PlaybackPosition(RunId, new Timestamp(TimeUnixMs), IsOver);
}
