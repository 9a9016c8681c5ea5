namespace Grainwatch.Benchmarks.Ingest;

/// <summary>
/// A clock that runs faster than the wall's, timers included, so that an hour of rows is written and judged in a minute.
/// Server and sender, made with the same figures, show the same time.
/// </summary>
/// <param name="origin">When both clocks show the same.</param>
/// <param name="speed">Seconds of this clock a second on the wall.</param>
internal sealed class FastClock(DateTimeOffset origin, double speed) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => origin + ((System.GetUtcNow() - origin) * speed);

    public override long GetTimestamp() => (long)(System.GetTimestamp() * speed);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Wall(dueTime), Wall(period)), this);

    /// <summary>How long a stretch of this clock takes on the wall.</summary>
    public TimeSpan Wall(TimeSpan span) => span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero
        ? span
        : TimeSpan.FromMilliseconds(Math.Max(1, span.TotalMilliseconds / speed));

    private sealed class FastTimer(ITimer timer, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Wall(dueTime), clock.Wall(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
