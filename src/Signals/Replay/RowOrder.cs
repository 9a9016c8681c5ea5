namespace Grainwatch.Signals.Replay;

/// <summary>
/// The order of rows by (time, series): a stable counting sort by series, then a radix sort by time from the lowest
/// digit. Linear in the number of rows, whatever order they come in.
/// </summary>
internal static class RowOrder
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    public static int[] ByTimeThenSeries(ReadOnlySpan<long> times, ReadOnlySpan<int> series, int seriesCount)
    {
        int[] order = BySeries(series, seriesCount);
        if (times.IsEmpty)
        {
            return order;
        }

        long min = long.MaxValue;
        long max = long.MinValue;
        foreach (long time in times)
        {
            min = Math.Min(min, time);
            max = Math.Max(max, time);
        }

        int[] scratch = new int[order.Length];
        int[] starts = new int[Digits];
        for (int shift = 0; shift < 64 && (ulong)(max - min) >> shift > 0; shift += DigitBits)
        {
            Array.Clear(starts);
            foreach (long time in times)
            {
                starts[(int)((ulong)(time - min) >> shift) & (Digits - 1)]++;
            }

            ToStarts(starts);
            foreach (int row in order)
            {
                scratch[starts[(int)((ulong)(times[row] - min) >> shift) & (Digits - 1)]++] = row;
            }

            (order, scratch) = (scratch, order);
        }

        return order;
    }

    private static int[] BySeries(ReadOnlySpan<int> series, int seriesCount)
    {
        int[] starts = new int[seriesCount];
        foreach (int s in series)
        {
            starts[s]++;
        }

        ToStarts(starts);
        int[] order = new int[series.Length];
        for (int row = 0; row < series.Length; row++)
        {
            order[starts[series[row]]++] = row;
        }

        return order;
    }

    private static void ToStarts(int[] counts)
    {
        int sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            (counts[i], sum) = (sum, sum + counts[i]);
        }
    }
}
