namespace Grainwatch.Signals.Quality.Checks;

/// <summary>A stretch of text that repeats one unit.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="Length">Of the whole stretch.</param>
/// <param name="Period">Length of the shortest unit that repeats.</param>
public readonly record struct RepeatedRun(int Start, int Length, int Period)
{
    /// <summary>How often the unit stands there; the last may be cut off.</summary>
    public double Repeats => (double)Length / Period;
}
