namespace Grainwatch.Signals.Quality;

/// <summary>
/// One deterministic check of one answer. The same input gives the same score to the bit; no check throws on any
/// text, and all of them take time linear in what <see cref="Text.AnalysedText"/> lets through.
/// </summary>
public interface ICheck
{
    /// <summary>One of <see cref="Metrics.QualityDimensions"/>.</summary>
    string Dimension { get; }

    /// <summary>The name of the method, as cards print it.</summary>
    string Evaluator { get; }

    /// <summary>Raised whenever a score may come out different.</summary>
    string Version { get; }

    /// <summary>Scores the answer.</summary>
    /// <returns>Null, or a score with verdict unknown, where the check does not apply.</returns>
    DimensionScore? Evaluate(in CheckInput input);
}
