using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Quality;

/// <summary>One number for one answer.</summary>
/// <remarks>
/// The default is min(safety, weighted mean of what is known): relevance .25, groundedness .2, integrity .2,
/// completeness .15, coherence .1, tone .05, language .05. Where the answer was asked for, or offers, JSON, code or
/// citations, their mean takes relevance's place. Unknown dimensions leave the mean and take their weight with them;
/// below half of the weight the composite is unknown. Refusal is never part of it: refusing may be right.
/// </remarks>
public static class CompositeScore
{
    /// <summary>Below this share of known weight nothing is said.</summary>
    public const double KnownWeightMin = 0.5;

    private static readonly (string Dimension, double Weight)[] Weights =
    [
        (QualityDimensions.Relevance, 0.25),
        (QualityDimensions.Completeness, 0.15),
        (QualityDimensions.Groundedness, 0.20),
        (QualityDimensions.Coherence, 0.10),
        (QualityDimensions.Integrity, 0.20),
        (QualityDimensions.Tone, 0.05),
        (QualityDimensions.Language, 0.05),
    ];

    private static readonly string[] InPlaceOfRelevance = [QualityDimensions.Json, QualityDimensions.Code, QualityDimensions.Citation];

    private static readonly string[] AwsSample = [QualityDimensions.Safety, QualityDimensions.Relevance, QualityDimensions.Tone];

    /// <summary>The composite of the known scores.</summary>
    /// <param name="score">Looks a dimension up; null: unknown.</param>
    /// <param name="preset">The formula.</param>
    /// <returns>0 to 1; null: too little is known.</returns>
    public static double? Of(Func<string, double?> score, CompositePreset preset = CompositePreset.Default)
    {
        ArgumentNullException.ThrowIfNull(score);
        return preset == CompositePreset.AwsSample ? MeanOf(AwsSample, score) : Default(score);
    }

    private static double? Default(Func<string, double?> score)
    {
        double sum = 0.0;
        double known = 0.0;
        foreach ((string dimension, double weight) in Weights)
        {
            double? value = dimension == QualityDimensions.Relevance
                ? MeanOf(InPlaceOfRelevance, score) ?? score(dimension)
                : score(dimension);
            if (value is { } v)
            {
                sum += weight * v;
                known += weight;
            }
        }

        if (known < KnownWeightMin)
        {
            return null;
        }

        double mean = sum / known;
        return score(QualityDimensions.Safety) is { } safety ? Math.Min(safety, mean) : mean;
    }

    // A mean of the known: an unknown judge or check is left out, never read as 0.
    private static double? MeanOf(string[] dimensions, Func<string, double?> score)
    {
        double sum = 0.0;
        int known = 0;
        foreach (string dimension in dimensions)
        {
            if (score(dimension) is { } value)
            {
                sum += value;
                known++;
            }
        }

        return known == 0 ? null : sum / known;
    }
}
