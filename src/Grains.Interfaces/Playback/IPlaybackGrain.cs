namespace Grainwatch.Grains.Interfaces.Playback;

/// <summary>Remembers how far one recording has been played. Key: the hash of its content.</summary>
[Alias("grainwatch.IPlaybackGrain")]
public interface IPlaybackGrain : IGrainWithStringKey
{
    /// <summary>Where it stands; null: it was never played.</summary>
    [Alias("Get")]
    Task<PlaybackPosition?> Get(CancellationToken cancellationToken);

    /// <summary>Moves it.</summary>
    [Alias("Set")]
    Task Set(PlaybackPosition position, CancellationToken cancellationToken);
}
