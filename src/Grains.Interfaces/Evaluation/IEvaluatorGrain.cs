using Grainwatch.Signals.Quality;

namespace Grainwatch.Grains.Interfaces.Evaluation;

/// <summary>
/// Scores answers of one component and hands the scores to its endpoint. Keyed by component and bucket, so that slow
/// scoring never blocks a window and spreads over silos.
/// </summary>
[Alias("grainwatch.IEvaluatorGrain")]
public interface IEvaluatorGrain : IGrainWithStringKey
{
    /// <returns>How many answers were scored; a repeat of an answer is scored once.</returns>
    [Alias("Evaluate")]
    Task<int> Evaluate([Immutable] ResponseSample[] samples, CancellationToken cancellationToken);
}
