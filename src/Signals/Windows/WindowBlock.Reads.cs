using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Windows;

// Reads copy under the gate. Rows of the head are read there, older ones from their page.
public sealed partial class WindowBlock
{
    public IReadOnlyList<SeriesKey> Series
    {
        get
        {
            lock (Gate)
            {
                return _seriesView;
            }
        }
    }

    /// <summary>Start of the newest row; null before the first point.</summary>
    public Timestamp? Newest
    {
        get
        {
            lock (Gate)
            {
                return _newest == NoBucket ? null : new Timestamp(_newestStartMs);
            }
        }
    }

    /// <summary>Start of the oldest row that can hold anything; null before the first point.</summary>
    public Timestamp? Oldest
    {
        get
        {
            lock (Gate)
            {
                return _newest == NoBucket ? null : new Timestamp(OldestBucket * _intervalMs);
            }
        }
    }

    /// <summary>How far the newest row has come: whether it is time to judge.</summary>
    public RowProgress Progress
    {
        get
        {
            lock (Gate)
            {
                if (_newest == NoBucket)
                {
                    return default;
                }

                IsNewestFull(out int written, out int expected);
                return new RowProgress(new Timestamp(_newestStartMs), written, expected, _hasBeenWhole, _version);
            }
        }
    }

    private long OldestBucket => _headStart - (PageRows * PageCount);

    public int Find(SeriesKey series)
    {
        ArgumentNullException.ThrowIfNull(series);
        lock (Gate)
        {
            return _columns.TryGetValue(series, out int column) ? column : -1;
        }
    }

    /// <summary>Event time of the newest point of a column, null before its first. It outlives the window.</summary>
    public Timestamp? LastPoint(int column)
    {
        lock (Gate)
        {
            Invariant.Require((uint)column < (uint)_count);
            return _lastTimes[column] == Never ? null : new Timestamp(_lastTimes[column]);
        }
    }

    /// <summary>Since when a series has said that it ended; null when it has not, or has a newer point.</summary>
    public Timestamp? MissingSince(int column)
    {
        lock (Gate)
        {
            Invariant.Require((uint)column < (uint)_count);
            long ended = _endedAt[column];
            return ended == Never || ended < _lastTimes[column] ? null : new Timestamp(ended);
        }
    }

    /// <summary>
    /// The interval of a series: the median of its last 20 spacings, in whole buckets. Null while it has fewer than two
    /// points in the window. See <see cref="IntervalEstimator"/>.
    /// </summary>
    public TimeSpan? EstimateInterval(int column)
    {
        Span<long> times = stackalloc long[IntervalEstimator.Spacings + 1];
        Span<double> values = stackalloc double[IntervalEstimator.Spacings + 1];
        int count = Copy(column, Timestamp.MinValue, Timestamp.MaxValue, times, values);
        return IntervalEstimator.MedianSpacing(times[..count]);
    }

    public WindowAggregate Aggregate(int column, Timestamp from, Timestamp to)
    {
        lock (Gate)
        {
            Invariant.Require((uint)column < (uint)_count);
            Accumulator sum = new() { Min = float.PositiveInfinity, Max = float.NegativeInfinity };
            if (!TryClamp(from, to, out long first, out long last))
            {
                return default;
            }

            long head = Math.Max(first, _newest - (HeadRows - 1));
            if (first < head)
            {
                AddPages(column, first, Math.Min(last, head - 1), ref sum);
            }

            if (head <= last)
            {
                // The ring of rows is read as the piece up to its end and the piece from its start.
                int row = _newestRow - (int)(_newest - head);
                row += row < 0 ? HeadRows : 0;
                int rows = (int)(last - head) + 1;
                int toEnd = Math.Min(rows, HeadRows - row);
                sum.Add(_head, (row * _stride) + column, _stride, toEnd, head);
                sum.Add(_head, column, _stride, rows - toEnd, head + toEnd);
            }

            return sum.Count == 0
                ? default
                : new WindowAggregate(sum.Count, sum.Sum, sum.Min, sum.Max, sum.Last, new Timestamp(sum.LastBucket * _intervalMs));
        }
    }

    public int Copy(int column, Timestamp from, Timestamp to, Span<long> timesUnixMs, Span<double> values)
    {
        lock (Gate)
        {
            Invariant.Require((uint)column < (uint)_count);
            int capacity = Math.Min(timesUnixMs.Length, values.Length);
            if (capacity == 0 || !TryClamp(from, to, out long first, out long last))
            {
                return 0;
            }

            // The newest win, so the spans are filled from their ends and moved to the front at last.
            Span<float> page = stackalloc float[PageRows];
            long pageIndex = long.MinValue;
            long head = _newest - (HeadRows - 1);
            int at = capacity;
            for (long bucket = last; bucket >= first && at > 0; bucket--)
            {
                float value;
                if (bucket >= head)
                {
                    value = _head[(Row(bucket) * _stride) + column];
                }
                else
                {
                    long index = FloorDivide(bucket, PageRows);
                    if (index != pageIndex)
                    {
                        ReadPage(index, column, page);
                        pageIndex = index;
                    }

                    value = page[(int)(bucket - (index * PageRows))];
                }

                if (!float.IsNaN(value))
                {
                    at--;
                    timesUnixMs[at] = bucket * _intervalMs;
                    values[at] = value;
                }
            }

            int count = capacity - at;
            timesUnixMs.Slice(at, count).CopyTo(timesUnixMs);
            values.Slice(at, count).CopyTo(values);
            return count;
        }
    }

    /// <summary>Managed bytes of the head, the open rows and the sealed pages, for telemetry and benchmarks.</summary>
    public long DataBytes
    {
        get
        {
            lock (Gate)
            {
                long bytes = (_head.Length * 4L) + (_marks.Length * 4L) + (_stride * (8L + 8 + 8 + 1));
                foreach (OpenPoints open in _open)
                {
                    bytes += open.Capacity * 12L;
                }

                foreach (SealedPage? page in _pages)
                {
                    bytes += page?.Capacity ?? 0;
                }

                return bytes;
            }
        }
    }

    private void AddPages(int column, long first, long last, ref Accumulator sum)
    {
        Span<float> page = stackalloc float[PageRows];
        for (long bucket = first; bucket <= last;)
        {
            long index = FloorDivide(bucket, PageRows);
            long end = Math.Min(last, (index * PageRows) + PageRows - 1);
            if (_pages[PageSlot(index)] is null)
            {
                bucket = end + 1;
                continue;
            }

            ReadPage(index, column, page);
            sum.Add(page, (int)(bucket - (index * PageRows)), 1, (int)(end - bucket) + 1, bucket);
            bucket = end + 1;
        }
    }

    private uint ReadPage(long index, int column, Span<float> values)
    {
        if (_pages[PageSlot(index)] is { } page)
        {
            Invariant.Require(page.Index == index);
            return page.Decode(column, values);
        }

        values.Fill(float.NaN);
        return 0;
    }

    /// <summary>The retained buckets that start in a stretch of time.</summary>
    private bool TryClamp(Timestamp from, Timestamp to, out long first, out long last)
    {
        first = last = 0;
        if (_newest == NoBucket || from > to)
        {
            return false;
        }

        // Counted back from the newest row in 32 bits where that is enough: a long division costs as much as ten rows.
        long back = _newestStartMs - from.UnixMs;
        long ahead = to.UnixMs - _newestStartMs;
        first = (ulong)back <= uint.MaxValue ? _newest - ((uint)back / (uint)_intervalMs) : -FloorDivide(-from.UnixMs, _intervalMs);
        last = ahead >= 0 ? _newest : FloorDivide(to.UnixMs, _intervalMs);
        first = Math.Max(first, OldestBucket);
        return first <= last;
    }

    private bool IsNewestFull(out int written, out int expected)
    {
        written = _rowPoints[_newestRow] + _rowEnded[_newestRow];
        expected = 0;
        for (int back = 1; back < HeadRows && expected == 0; back++)
        {
            expected = _rowPoints[(_newestRow + HeadRows - back) % HeadRows];
        }

        return expected > 0 && written >= expected;
    }

    /// <summary>
    /// First bucket that is not sealed: the start of a page, 10 to 39 rows before the newest. A function of the newest
    /// row alone, so that the block's shape does not depend on the order of arrival.
    /// </summary>
    private static long HeadStart(long newest) => FloorDivide(newest - (HeadRows - PageRows), PageRows) * PageRows;

    private static int Row(long bucket) => Modulo(bucket, HeadRows);

    private static int PageSlot(long index) => Modulo(index, PageCount);

    private static int Modulo(long value, int divisor)
    {
        int rest = (int)(value % divisor);
        return rest < 0 ? rest + divisor : rest;
    }

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value < 0 && quotient * divisor != value ? quotient - 1 : quotient;
    }

    private struct Accumulator
    {
        public int Count;
        public double Sum;
        public float Min;
        public float Max;
        public float Last;
        public long LastBucket;

        /// <summary>Adds some cells, oldest first. The sums are locals inside the loop: a field would be stored each time.</summary>
        public void Add(ReadOnlySpan<float> cells, int at, int stride, int rows, long bucket)
        {
            int count = Count;
            double total = Sum;
            float min = Min;
            float max = Max;
            for (int row = 0; row < rows; row++)
            {
                float value = cells[at];
                if (!float.IsNaN(value))
                {
                    count++;
                    total += value;
                    min = float.MinNative(value, min);
                    max = float.MaxNative(value, max);
                }

                at += stride;
            }

            if (count == Count)
            {
                return;
            }

            (Count, Sum, Min, Max) = (count, total, min, max);
            LastBucket = bucket + rows;
            do
            {
                at -= stride;
                LastBucket--;
                Last = cells[at];
            }
            while (float.IsNaN(Last));
        }
    }
}
