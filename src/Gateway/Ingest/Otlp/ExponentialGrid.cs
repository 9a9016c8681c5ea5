namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// Puts the buckets of an exponential histogram into explicit ones that never change: four to a doubling, from 2^-14 (61 µs)
/// to 2^26 (67 million). So the buckets of two instants can be compared, though the sender chose another scale meanwhile.
/// </summary>
/// <remarks>
/// A bucket of a finer scale lies wholly inside one of the grid, since bounds of every scale are bounds of the finer ones; one of
/// a coarser scale is spread evenly (in the exponent) over those that it covers. A percentile is off by at most a fifth (2^¼).
/// </remarks>
internal static class ExponentialGrid
{
    public const int MinScale = -10;
    public const int MaxScale = 20;

    private const int Scale = 2;
    private const int First = -14 << Scale;
    private const int Last = 26 << Scale;

    /// <summary>Bound and how many values were at most that, for every bound, the last of them infinite.</summary>
    public static IEnumerable<(double Bound, double Total)> Place(OtlpPoint point)
    {
        // One cell for each bound and one beyond; what is zero, negative or tiny lies in the first.
        double[] cells = new double[Last - First + 2];
        cells[0] = point.ZeroCount + point.NegativeCounts.Sum(c => (double)c);
        double width = Math.Pow(2, Scale - point.Scale);
        for (int i = 0; i < point.Counts.Count; i++)
        {
            if (point.Counts[i] > 0)
            {
                Spread(cells, ((double)point.Offset + i) * width, width, point.Counts[i]);
            }
        }

        double total = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            total += cells[i];
            yield return (i == cells.Length - 1 ? double.PositiveInfinity : Math.Pow(2, (double)(First + i) / (1 << Scale)), total);
        }
    }

    /// <summary>Gives a count to the cells between two exponents, in steps of the grid; the upper bound belongs to a cell.</summary>
    private static void Spread(double[] cells, double from, double width, double count)
    {
        if (width <= 1)
        {
            cells[Cell(Math.Ceiling(from + width))] += count;
            return;
        }

        // Of a bucket that reaches beyond the grid the part beyond lies in the first or last cell.
        double to = from + width;
        cells[0] += count * (Math.Clamp(First - 1 - from, 0, width) / width);
        cells[^1] += count * (Math.Clamp(to - (Last + 1), 0, width) / width);
        for (double upper = Math.Max(from, First - 1) + 1; upper <= Math.Min(to, Last + 1); upper++)
        {
            cells[Cell(upper)] += count / width;
        }
    }

    private static int Cell(double upper) => (int)(Math.Clamp(upper, First, Last + 1) - First);
}
