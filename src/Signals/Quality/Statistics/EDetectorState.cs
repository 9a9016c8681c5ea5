namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What an <see cref="EDetector"/> has to remember.</summary>
/// <param name="Wealth">One entry a stake, as share of the alarm level.</param>
/// <param name="Alarm">The alarm level A of the newest answer.</param>
public sealed record EDetectorState(double[] Wealth, double Alarm);
