namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>A rate with its 95 % interval from answers that were drawn with unequal probabilities. For showing.</summary>
/// <remarks>
/// The estimate is the weighted mean with weights 1/p (Hájek). Its variance by linearisation gives the number of equal
/// draws that would be as good, n* = m(1 - m)/v within [1, n]; where all scores agree and v = 0, Kish's (sum w)^2 /
/// sum w^2. Wilson's interval is then taken with n*, which need not be whole. Scores between 0 and 1 vary at most as
/// much as binary ones of the same mean, so the interval is no shorter than it should be.
/// </remarks>
public struct WeightedEstimate
{
    private const double Z95 = 1.959963984540054;

    private double _weight;
    private double _weightSquared;
    private double _weightedScore;
    private double _weightSquaredScore;
    private double _weightSquaredScoreSquared;
    private double _unknownWeight;
    private int _known;

    /// <summary>Adds one drawn answer.</summary>
    public void Add(double? score, double probability)
    {
        double w = 1 / probability;
        if (score is not double x)
        {
            _unknownWeight += w;
            return;
        }

        _known++;
        _weight += w;
        _weightSquared += w * w;
        _weightedScore += w * x;
        _weightSquaredScore += w * w * x;
        _weightSquaredScoreSquared += w * w * x * x;
    }

    /// <summary>What was added, as one number with its interval.</summary>
    public readonly QualityEstimate ToEstimate(Timestamp? newest)
    {
        double all = _weight + _unknownWeight;
        double unknownShare = all > 0 ? _unknownWeight / all : 0;
        if (_known == 0)
        {
            return QualityEstimate.None with { UnknownShare = unknownShare, Newest = newest };
        }

        double mean = Math.Clamp(_weightedScore / _weight, 0, 1);
        double spread = _weightSquaredScoreSquared - (2 * mean * _weightSquaredScore) + (mean * mean * _weightSquared);
        double variance = Math.Max(spread, 0) / (_weight * _weight);
        double kish = _weight * _weight / _weightSquared;
        double effective = variance > 1e-12 ? mean * (1 - mean) / variance : kish;
        effective = Math.Clamp(effective, 1, _known);
        (double lower, double upper) = Wilson(mean, effective);
        return new QualityEstimate(mean, lower, upper, _known, effective, unknownShare, newest);
    }

    /// <summary>Wilson's 95 % score interval of a share seen in <paramref name="n"/> draws, n a positive real number.</summary>
    public static (double Lower, double Upper) Wilson(double share, double n)
    {
        double z2 = Z95 * Z95;
        double centre = (share + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = Z95 / (1 + (z2 / n)) * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n)));
        return (Math.Max(0, Math.Min(centre - half, share)), Math.Min(1, Math.Max(centre + half, share)));
    }
}
