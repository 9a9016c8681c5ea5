using Grainwatch.Grains.Interfaces.Playback;

namespace Grainwatch.Grains.Playback;

/// <summary>The stored position of one recording.</summary>
public sealed class PlaybackGrain([PersistentState("position")] IPersistentState<PlaybackState> store) : Grain, IPlaybackGrain
{
    public Task<PlaybackPosition?> Get(CancellationToken cancellationToken) => Task.FromResult(store.State.ToPosition());

    public Task Set(PlaybackPosition position, CancellationToken cancellationToken)
    {
        (store.State.RunId, store.State.TimeUnixMs, store.State.IsOver) = (position.RunId, position.Time.UnixMs, position.IsOver);
        return store.WriteStateAsync(cancellationToken);
    }
}
