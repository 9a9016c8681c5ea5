namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What happened in one interval of event time.</summary>
/// <param name="Index">Start divided by length.</param>
/// <param name="Arrivals">Requests, drawn or not.</param>
/// <param name="Drawn">Answers that were drawn.</param>
/// <param name="Known">Those that have a score.</param>
/// <param name="Weight">Sum of 1/p over the drawn: an estimate of the requests, where nobody counts them.</param>
public readonly record struct CountBucket(long Index, int Arrivals, int Drawn, int Known, double Weight)
{
    public static CountBucket Empty { get; } = new(long.MinValue, 0, 0, 0, 0);

    /// <summary>The sum, with the index of this one.</summary>
    public CountBucket Plus(in CountBucket other) =>
        new(Index, Arrivals + other.Arrivals, Drawn + other.Drawn, Known + other.Known, Weight + other.Weight);
}
