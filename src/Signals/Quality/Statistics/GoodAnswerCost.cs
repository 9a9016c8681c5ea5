namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a good answer costs, as an interval.</summary>
/// <param name="Lower">If as many answers are good as may be; null: no answer can be said to be good.</param>
/// <param name="Upper">If as few are; null: unbounded, since possibly none is.</param>
public readonly record struct GoodAnswerCost(double? Lower, double? Upper)
{
    /// <summary>Divides the cost of a period by the good ones among its answers.</summary>
    public static GoodAnswerCost From(double cost, long answers, QualityEstimate goodShare) =>
        new(Divide(cost, answers * goodShare.Upper), Divide(cost, answers * goodShare.Lower));

    private static double? Divide(double cost, double? good) => good > 0 ? cost / good : null;
}
