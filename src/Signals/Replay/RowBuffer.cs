namespace Grainwatch.Signals.Replay;

/// <summary>Rows by column while they are read; the arrival column exists from the first row that has one.</summary>
internal sealed class RowBuffer
{
    private const int FirstCapacity = 1 << 14;

    public int Count { get; private set; }

    public long[] Times { get; private set; } = new long[FirstCapacity];

    public int[] Series { get; private set; } = new int[FirstCapacity];

    public double[] Values { get; private set; } = new double[FirstCapacity];

    public long[]? Arrivals { get; private set; }

    public void Add(long time, int series, double value)
    {
        if (Count == Times.Length)
        {
            Grow();
        }

        Times[Count] = time;
        Series[Count] = series;
        Values[Count] = value;
        if (Arrivals is not null)
        {
            Arrivals[Count] = time;
        }

        Count++;
    }

    /// <summary>Says when the last row arrived. Rows that do not say so arrived when they were measured.</summary>
    public void SetArrival(long arrival)
    {
        if (Arrivals is null)
        {
            Arrivals = new long[Times.Length];
            Times.AsSpan(0, Count).CopyTo(Arrivals);
        }

        Arrivals[Count - 1] = arrival;
    }

    /// <summary>
    /// Begins again with no rows, in the same columns: whoever reads them and writes at most one row for each that was
    /// read never overtakes himself.
    /// </summary>
    public void Restart() => Count = 0;

    /// <summary>Replaces each series index by its rank, then puts the rows in the order of (time, rank).</summary>
    public void Sort(int[] rankOfSeries)
    {
        bool sorted = true;
        for (int i = 0; i < Count; i++)
        {
            Series[i] = rankOfSeries[Series[i]];
            sorted &= i == 0 || Times[i] > Times[i - 1] || (Times[i] == Times[i - 1] && Series[i] >= Series[i - 1]);
        }

        if (sorted)
        {
            return;
        }

        int[] order = RowOrder.ByTimeThenSeries(Times.AsSpan(0, Count), Series.AsSpan(0, Count), rankOfSeries.Length);
        Times = Gather(Times, order);
        Series = Gather(Series, order);
        Values = Gather(Values, order);
        Arrivals = Arrivals is null ? null : Gather(Arrivals, order);
    }

    private static T[] Gather<T>(T[] from, int[] order)
    {
        T[] to = GC.AllocateUninitializedArray<T>(order.Length);
        for (int i = 0; i < order.Length; i++)
        {
            to[i] = from[order[i]];
        }

        return to;
    }

    private void Grow()
    {
        int capacity = Times.Length * 2;
        Times = Resized(Times, capacity);
        Series = Resized(Series, capacity);
        Values = Resized(Values, capacity);
        Arrivals = Arrivals is null ? null : Resized(Arrivals, capacity);
    }

    /// <summary>What lies beyond the rows is never read, so it is not cleared either.</summary>
    private static T[] Resized<T>(T[] column, int capacity)
    {
        T[] larger = GC.AllocateUninitializedArray<T>(capacity);
        column.CopyTo(larger, 0);
        return larger;
    }
}
