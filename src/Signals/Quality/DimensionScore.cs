namespace Grainwatch.Signals.Quality;

/// <summary>The score of one answer on one dimension, with who says so and why.</summary>
/// <param name="Score">0 to 1, higher is better, 1: nothing wrong found; null exactly when the verdict is unknown.</param>
/// <param name="Verdict">Pass, fail or unknown.</param>
/// <param name="Reasons">In plain words, the worst first; at most <see cref="ReasonsMax"/>. Never a text that was judged private.</param>
/// <param name="Evaluator">Name of the check.</param>
/// <param name="Version">Version of the check; a new one starts a new baseline.</param>
/// <param name="Findings">Places in the response, by start; empty where a dimension has none.</param>
public sealed record DimensionScore(
    double? Score,
    QualityVerdict Verdict,
    IReadOnlyList<string> Reasons,
    string Evaluator,
    string Version,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>A score below this fails unless its check says otherwise.</summary>
    public const double PassMark = 0.5;

    /// <summary>More reasons than these help nobody.</summary>
    public const int ReasonsMax = 8;

    /// <summary>A known score. It is clamped to 0..1; the verdict follows <see cref="PassMark"/>.</summary>
    public static DimensionScore Of(ICheck check, double score, params IReadOnlyList<string> reasons) =>
        Of(check, score, reasons, []);

    /// <summary>A known score with findings. It is clamped to 0..1; the verdict follows <see cref="PassMark"/>.</summary>
    public static DimensionScore Of(ICheck check, double score, IReadOnlyList<string> reasons, IReadOnlyList<Finding> findings)
    {
        Invariant.Require(!double.IsNaN(score));
        double clamped = Math.Clamp(score, 0.0, 1.0);
        QualityVerdict verdict = clamped < PassMark ? QualityVerdict.Fail : QualityVerdict.Pass;
        IReadOnlyList<string> kept = reasons.Count > ReasonsMax ? [.. reasons.Take(ReasonsMax)] : reasons;
        return new DimensionScore(clamped, verdict, kept, check.Evaluator, check.Version, findings);
    }

    /// <summary>The check does not apply; the reason says why.</summary>
    public static DimensionScore Unknown(ICheck check, string reason) =>
        new(null, QualityVerdict.Unknown, [reason], check.Evaluator, check.Version, []);
}
