namespace Grainwatch.Signals.Quality;

/// <summary>A quality number that says how sure it is. The estimand is the rate of the process, not of the sample.</summary>
/// <param name="Value">The weighted estimate, 0 to 1; null: nothing known.</param>
/// <param name="Lower">Lower end of the 95 % interval; null with <paramref name="Value"/>.</param>
/// <param name="Upper">Upper end of the 95 % interval; null with <paramref name="Value"/>.</param>
/// <param name="N">Answers with a known score in the window.</param>
/// <param name="EffectiveN">What they are worth under their weights, 1 to <paramref name="N"/>.</param>
/// <param name="UnknownShare">Weighted share of drawn answers without a score, 0 to 1.</param>
/// <param name="Newest">Event time of the newest; null: none.</param>
public sealed record QualityEstimate(double? Value, double? Lower, double? Upper, int N, double EffectiveN, double UnknownShare, Timestamp? Newest)
{
    public static QualityEstimate None { get; } = new(null, null, null, 0, 0, 0, null);
}
