using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Quality;

/// <summary>Everything that the deterministic checks say of one answer.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Time">When the answer was given.</param>
/// <param name="Entity">Who gave it.</param>
/// <param name="Scores">One entry a dimension that was evaluated, in the order of <see cref="QualityDimensions.All"/>; an unknown one has no score.</param>
/// <param name="Composite">One number for the answer, null: too little is known.</param>
public sealed record ScoreCard(
    string Id,
    Timestamp Time,
    Topology.EntityId Entity,
    IReadOnlyList<KeyValuePair<string, DimensionScore>> Scores,
    double? Composite)
{
    /// <summary>The dimensions without a score, in the order of <see cref="QualityDimensions.All"/>.</summary>
    public IEnumerable<string> Unknown
    {
        get
        {
            foreach (string dimension in QualityDimensions.All)
            {
                bool known = dimension == QualityDimensions.Composite ? Composite is not null : Find(dimension)?.Score is not null;
                if (!known)
                {
                    yield return dimension;
                }
            }
        }
    }

    /// <summary>The entry of a dimension; null: not evaluated.</summary>
    public DimensionScore? Find(string dimension)
    {
        foreach (KeyValuePair<string, DimensionScore> entry in Scores)
        {
            if (string.Equals(entry.Key, dimension, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>
    /// The known scores, as the quality windows take them, the composite last. A dimension that does not apply gives
    /// none: "no context was given" is no failure of a measurement. A composite that could not be formed is unknown.
    /// </summary>
    /// <param name="probability">With what probability the answer was drawn, in (0, 1].</param>
    /// <param name="stratum">The stratum it was drawn from; null: one only.</param>
    public IReadOnlyList<QualityScore> ToScores(double probability = 1.0, string? stratum = null)
    {
        List<QualityScore> scores = new(Scores.Count + 1);
        foreach ((string dimension, DimensionScore score) in Scores)
        {
            if (score.Score is { } known)
            {
                scores.Add(new QualityScore(Time, Entity, dimension, known, probability, stratum));
            }
        }

        scores.Add(new QualityScore(Time, Entity, QualityDimensions.Composite, Composite, probability, stratum));
        return scores;
    }
}
