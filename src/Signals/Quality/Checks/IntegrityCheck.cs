using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>The degenerate-output family in one number: the worst of its parts, with a seam as a slight doubt.</summary>
/// <remarks>
/// Scale: the minimum of repetition, truncation, empty, characters, script and numbers; a seam lowers it to no less than
/// .55, because fluent halves that do not belong together are a suspicion and no proof. Verdict: fail where a part
/// fails. Weakness: those of its parts. Cost: theirs; the parts are given, not computed again.
/// </remarks>
public sealed class IntegrityCheck(IReadOnlyList<ICheck> parts) : ICheck
{
    private const double SeamFloor = 0.55;

    public string Dimension => QualityDimensions.Integrity;

    public string Evaluator => "integrity-worst-part";

    public string Version => "1";

    /// <summary>Evaluates the parts, then joins them.</summary>
    public DimensionScore? Evaluate(in CheckInput input)
    {
        List<KeyValuePair<string, DimensionScore>> scores = [];
        foreach (ICheck part in parts)
        {
            if (part.Evaluate(input) is { } score)
            {
                scores.Add(new(part.Dimension, score));
            }
        }

        return Join(input, scores);
    }

    /// <summary>Joins parts that were evaluated already.</summary>
    public DimensionScore Join(in CheckInput input, IEnumerable<KeyValuePair<string, DimensionScore>> evaluated)
    {
        double worst = 1.0;
        List<string> reasons = [];
        foreach ((string dimension, DimensionScore score) in evaluated)
        {
            if (score.Score is not { } value)
            {
                continue;
            }

            if (score.Verdict == QualityVerdict.Fail)
            {
                string reason = $"{dimension}: {string.Join(", ", score.Reasons)}";
                reasons.Insert(value < worst ? 0 : reasons.Count, reason);
            }

            worst = Math.Min(worst, value);
        }

        double seam = Seams.Doubt(input.Response);
        return DimensionScore.Of(this, Math.Min(worst, Math.Max(SeamFloor, 1.0 - seam)), reasons);
    }
}
