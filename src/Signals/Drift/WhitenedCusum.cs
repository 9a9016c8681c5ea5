namespace Grainwatch.Signals.Drift;

/// <summary>Finds small lasting shifts of a series' mean, either way, with a stated mean time between false alarms.</summary>
/// <remarks>
/// Page's CUSUM on the residuals of a first-order autoregression that was fitted to a reference stretch: infrastructure
/// series remember, and a CUSUM on the raw series would take that memory for a shift. Reference value k = 0.5 deviations of
/// the residual; the level h follows from <see cref="Siegmund"/>. A shift d of the series is a shift (1 - phi) d of the
/// residuals. Residuals are cut at five deviations: one wild point is not a shift. The stated mean time takes the reference for
/// exact; with a short one it is shorter (docs/statistics.md has figures).
/// </remarks>
public sealed class WhitenedCusum
{
    /// <summary>A shorter reference fits nothing.</summary>
    public const int ReferenceMin = 30;

    private const double Slack = 0.5;
    private const double ResidualMax = 5;
    private const double PhiMax = 0.99;

    private readonly double _mean;
    private readonly double _phi;
    private readonly double _deviation;
    private readonly double _level;
    private double _previous;

    /// <param name="reference">Normal values, oldest first, ending just before the first observed one.</param>
    /// <param name="averageRunLength">Points between two false alarms, on average.</param>
    public WhitenedCusum(ReadOnlySpan<double> reference, double averageRunLength)
    {
        Invariant.Require(reference.Length >= ReferenceMin);
        _level = Siegmund.Level(Slack, 2 * averageRunLength);
        foreach (double value in reference)
        {
            _mean += value / reference.Length;
        }

        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            variance += (reference[i] - _mean) * (reference[i] - _mean);
            covariance += i == 0 ? 0 : (reference[i] - _mean) * (reference[i - 1] - _mean);
        }

        // The estimate of phi is too small by about (1 + 4 phi) / n (Marriott and Pope, 1954).
        double phi = variance > 0 ? covariance / variance : 0;
        _phi = Math.Clamp(phi + ((1 + (4 * phi)) / reference.Length), -PhiMax, PhiMax);
        double squares = 0;
        for (int i = 1; i < reference.Length; i++)
        {
            double residual = reference[i] - _mean - (_phi * (reference[i - 1] - _mean));
            squares += residual * residual;
        }

        _deviation = Math.Max(Math.Sqrt(squares / (reference.Length - 2)), 1e-9 * Math.Max(1, Math.Abs(_mean)));
        _previous = reference[^1];
    }

    /// <summary>Evidence for a rise, in deviations.</summary>
    public double Rise { get; private set; }

    /// <summary>Evidence for a fall, in deviations.</summary>
    public double Fall { get; private set; }

    /// <summary>Takes the next value in.</summary>
    /// <returns>1: the mean has risen; -1: it has fallen; 0: neither. After an alarm the evidence begins anew.</returns>
    public int Observe(double value)
    {
        double residual = (value - _mean - (_phi * (_previous - _mean))) / _deviation;
        residual = Math.Clamp(residual, -ResidualMax, ResidualMax);
        _previous = value;
        Rise = Math.Max(0, Rise + residual - Slack);
        Fall = Math.Max(0, Fall - residual - Slack);
        int says = Rise > _level ? 1 : Fall > _level ? -1 : 0;
        if (says != 0)
        {
            Rise = 0;
            Fall = 0;
        }

        return says;
    }
}
