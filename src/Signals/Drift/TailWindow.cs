namespace Grainwatch.Signals.Drift;

/// <summary>The last so many values of one quantity, kept in order of size, and how improbable a further one is.</summary>
/// <remarks>
/// Peaks over a threshold (Siffer et al., "Anomaly detection in streams with extreme value theory", KDD 2017): the
/// largest 2 % of the past exceed some level t by amounts that follow a generalised Pareto law, whatever the law of the
/// whole is. Its shape and scale come from the mean and variance of the excesses. So spiky series get a heavy tail and smooth ones a
/// light one, and a probability may be far smaller than one over the number of points seen.
/// </remarks>
internal sealed class TailWindow(int capacity)
{
    private const double TailShare = 0.02;
    private const int TailMin = 8;
    private const double ShapeMax = 0.5;

    private readonly double[] _ring = new double[capacity];
    private readonly double[] _sorted = new double[capacity];
    private int _next;

    public int Count { get; private set; }

    public double Median => _sorted[Count / 2];

    /// <summary>The distance between the first and the last decile.</summary>
    public double Spread => _sorted[(int)(0.9 * Count)] - _sorted[(int)(0.1 * Count)];

    /// <summary>Takes a value in; the oldest leaves when the window is full.</summary>
    public void Add(double value)
    {
        if (Count == _ring.Length)
        {
            int gone = Array.BinarySearch(_sorted, 0, Count, _ring[_next]);
            Array.Copy(_sorted, gone + 1, _sorted, gone, Count - gone - 1);
            Count--;
        }

        int place = Array.BinarySearch(_sorted, 0, Count, value);
        place = place < 0 ? ~place : place;
        Array.Copy(_sorted, place, _sorted, place + 1, Count - place);
        _sorted[place] = value;
        _ring[_next] = value;
        _next = (_next + 1) % _ring.Length;
        Count++;
    }

    /// <summary>The probability of a value at least as high; 1 outside the tail.</summary>
    /// <param name="value">The value.</param>
    /// <param name="scaleMin">No smaller scale is believed.</param>
    public double Upper(double value, double scaleMin)
    {
        int tail = Tail();
        double threshold = _sorted[Count - tail - 1];
        return value <= threshold ? 1 : Probability(value - threshold, _sorted.AsSpan(Count - tail, tail), threshold, scaleMin);
    }

    /// <summary>The probability of a value at least as low; 1 outside the tail.</summary>
    /// <param name="value">The value.</param>
    /// <param name="scaleMin">No smaller scale is believed.</param>
    public double Lower(double value, double scaleMin)
    {
        int tail = Tail();
        double threshold = _sorted[tail];
        return value >= threshold ? 1 : Probability(threshold - value, _sorted.AsSpan(0, tail), threshold, scaleMin);
    }

    private int Tail() => Math.Max(TailMin, (int)(Count * TailShare));

    private double Probability(double excess, ReadOnlySpan<double> tail, double threshold, double scaleMin)
    {
        double mean = 0;
        double variance = 0;
        foreach (double value in tail)
        {
            double other = Math.Abs(value - threshold);
            mean += other;
            variance += other * other;
        }

        mean /= tail.Length;
        variance = (variance / tail.Length) - (mean * mean);
        double shape = variance > 0 ? Math.Clamp(0.5 * (1 - (mean * mean / variance)), 0, ShapeMax) : 0;
        double scaled = excess / Math.Max(mean * (1 - shape), scaleMin);
        double beyond = shape < 1e-6 ? Math.Exp(-scaled) : Math.Pow(1 + (shape * scaled), -1 / shape);
        return beyond * tail.Length / Count;
    }
}
