using System.Globalization;

namespace Grainwatch.Benchmarks.Load;

/// <summary>Times in milliseconds, in any order; written by one thread at a time.</summary>
internal sealed class Latencies
{
    private readonly List<double> _ms = [];

    public int Count => _ms.Count;

    public double Max => _ms.Count == 0 ? double.NaN : _ms.Max();

    public void Add(TimeSpan time)
    {
        lock (_ms)
        {
            _ms.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>The nearest rank: a time that was measured.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double At(double share)
    {
        double[] sorted = [.. _ms];
        Array.Sort(sorted);
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>p50 / p99 (n).</summary>
    public override string ToString() =>
        Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{At(0.5):0.0##} / {At(0.99):0.0##} (n {Count}, most {Max:0.0})");
}
