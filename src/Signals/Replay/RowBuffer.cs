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

    /// <summary>Makes room for rows that are expected, so that columns are not copied again and again while they grow.</summary>
    public void Reserve(int rows)
    {
        if (rows > Times.Length - Count)
        {
            Resize(Count + rows);
        }
    }

    public void Add(long time, int series, double value)
    {
        if (Count == Times.Length)
        {
            Resize(Times.Length * 2);
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
        bool isSorted = true;
        bool isInTime = true;
        for (int i = 0; i < Count; i++)
        {
            Series[i] = rankOfSeries[Series[i]];
            isInTime &= i == 0 || Times[i] >= Times[i - 1];
            isSorted &= i == 0 || Times[i] > Times[i - 1] || (Times[i] == Times[i - 1] && Series[i] >= Series[i - 1]);
        }

        if (isSorted)
        {
            return;
        }

        if (isInTime)
        {
            SortInstants();
            return;
        }

        int[] order = RowOrder.ByTimeThenSeries(Times.AsSpan(0, Count), Series.AsSpan(0, Count), rankOfSeries.Length);
        Times = Gather(Times, order);
        Series = Gather(Series, order);
        Values = Gather(Values, order);
        Arrivals = Arrivals is null ? null : Gather(Arrivals, order);
    }

    /// <summary>Most files are written instant by instant: then each instant is put in order where it stands.</summary>
    private void SortInstants()
    {
        Instant scratch = new();
        for (int start = 0, end; start < Count; start = end)
        {
            for (end = start + 1; end < Count && Times[end] == Times[start];)
            {
                end++;
            }

            scratch.Sort(this, start, end - start);
        }
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

    private void Resize(int capacity)
    {
        Times = Resized(Times, Count, capacity);
        Series = Resized(Series, Count, capacity);
        Values = Resized(Values, Count, capacity);
        Arrivals = Arrivals is null ? null : Resized(Arrivals, Count, capacity);
    }

    /// <summary>What lies beyond the rows is never read, so it is not cleared either: a page that is not touched costs nothing.</summary>
    private static T[] Resized<T>(T[] column, int count, int capacity)
    {
        T[] larger = GC.AllocateUninitializedArray<T>(capacity);
        column.AsSpan(0, count).CopyTo(larger);
        return larger;
    }

    /// <summary>Sorts the rows of one instant by series.</summary>
    private sealed class Instant
    {
        private int[] _order = [];
        private double[] _values = [];
        private long[] _arrivals = [];

        public void Sort(RowBuffer rows, int start, int length)
        {
            if (_order.Length < length)
            {
                _order = new int[length];
                _values = new double[length];
                _arrivals = new long[rows.Arrivals is null ? 0 : length];
            }

            Span<int> order = _order.AsSpan(0, length);
            for (int i = 0; i < length; i++)
            {
                order[i] = i;
            }

            rows.Series.AsSpan(start, length).Sort(order);
            Permute(rows.Values.AsSpan(start, length), order, _values);
            if (rows.Arrivals is not null)
            {
                Permute(rows.Arrivals.AsSpan(start, length), order, _arrivals);
            }
        }

        private static void Permute<T>(Span<T> column, ReadOnlySpan<int> order, T[] scratch)
        {
            column.CopyTo(scratch);
            for (int i = 0; i < order.Length; i++)
            {
                column[i] = scratch[order[i]];
            }
        }
    }
}
