namespace Grainwatch.Silo.Playback;

/// <summary>How a recording is played.</summary>
/// <param name="Speed">Event seconds a wall second; 0.01 to 10,000, else it cannot be made.</param>
/// <param name="IsFresh">True: from the beginning, whatever was played before.</param>
/// <param name="IsRepeated">True: once it is over, the next start plays it anew, as whoever starts a demonstration expects.</param>
public sealed record PlaybackOptions(double Speed, bool IsFresh = false, bool IsRepeated = false)
{
    public const double MinSpeed = 0.01;
    public const double MaxSpeed = 10_000;

    public double Speed { get; } = Speed is >= MinSpeed and <= MaxSpeed
        ? Speed
        : throw new ArgumentOutOfRangeException(nameof(Speed), Speed, $"a recording is played at {MinSpeed} to {MaxSpeed} times its speed");
}
