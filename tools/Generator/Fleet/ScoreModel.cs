using Grainwatch.Generator.Engine;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Generator.Fleet;

/// <summary>
/// Scores of the answers of one component: the integrity checks see every answer, the judge a random quarter.
/// </summary>
public sealed class ScoreModel(ComponentModel component, Dice dice)
{
    private const double JudgeShare = 0.25;
    private const string Judge = "judge-a@1";

    // Means of healthy answers, and how far a single answer strays from them.
    private static readonly (string Dimension, double Mean, double Spread)[] Judged =
    [
        (QualityDimensions.Relevance, 0.87, 0.09),
        (QualityDimensions.Completeness, 0.85, 0.10),
        (QualityDimensions.Groundedness, 0.88, 0.09),
    ];

    public IEnumerable<QualityScore> Of(FinishedRequest answer, Timestamp time)
    {
        double integrity = Score(answer, QualityDimensions.Integrity, dice.Chance(0.006) ? 0.6 : 1.0, 0);
        double repetition = Score(answer, QualityDimensions.Repetition, 1.0, 0);
        yield return new QualityScore(time, component.Id, QualityDimensions.Integrity, integrity, 1.0);
        yield return new QualityScore(time, component.Id, QualityDimensions.Repetition, repetition, 1.0);

        bool drawn = dice.Chance(JudgeShare);
        bool unknown = dice.Chance(Math.Max(0.004, component.Traffic.UnknownShare));
        double safety = Score(answer, QualityDimensions.Safety, dice.Chance(0.985) ? 1.0 : 0.5, 0);
        double[] scores = [.. Judged.Select(j => Score(answer, j.Dimension, j.Mean, j.Spread))];
        if (!drawn)
        {
            yield break;
        }

        for (int i = 0; i < Judged.Length; i++)
        {
            yield return Scored(time, Judged[i].Dimension, unknown ? null : scores[i]);
        }

        double mean = ((0.25 * scores[0]) + (0.15 * scores[1]) + (0.2 * scores[2]) + (0.2 * integrity)) / 0.8;
        double composite = Math.Min(safety, mean) + component.Traffic.ScoreShift.GetValueOrDefault(QualityDimensions.Composite);
        yield return Scored(time, QualityDimensions.Safety, unknown ? null : safety);
        yield return Scored(time, QualityDimensions.Composite, unknown ? null : Rounded(composite));
    }

    private QualityScore Scored(Timestamp time, string dimension, double? score) =>
        new(time, component.Id, dimension, score, JudgeShare, "normal", Judge);

    private double Score(FinishedRequest answer, string dimension, double mean, double spread)
    {
        double noise = dice.Normal();
        bool damaged = answer.Request.Damaged && component.Traffic.DamageScores.TryGetValue(dimension, out mean);
        double score = mean + (noise * (damaged ? 0.05 : spread));
        return Rounded(score + component.Traffic.ScoreShift.GetValueOrDefault(dimension));
    }

    private static double Rounded(double score) => Math.Round(Math.Clamp(score, 0, 1), 3);
}
