using Grainwatch.Signals;

namespace Grainwatch.Silo.Playback;

/// <summary>
/// The clock of a recording that is being played: event time runs <paramref name="speed"/> times as fast as the clock on
/// the wall, from the first row on.
/// </summary>
/// <param name="time">The clock on the wall.</param>
/// <param name="start">Event time at the moment this clock is made.</param>
/// <param name="speed">Event seconds a wall second, positive.</param>
public sealed class PlaybackClock(TimeProvider time, Timestamp start, double speed)
{
    private readonly long _startedAt = time.GetTimestamp();

    public Timestamp Now => start + (time.GetElapsedTime(_startedAt) * speed);

    /// <summary>Completes when event time has come as far as <paramref name="moment"/>.</summary>
    public Task WaitForAsync(Timestamp moment, CancellationToken cancellationToken)
    {
        TimeSpan ahead = (moment - Now) / speed;
        return ahead <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(ahead, time, cancellationToken);
    }
}
