namespace Grainwatch.Signals.Windows;

// Two blocks of one owner, of which each got some of the points: for a short while there were two owners.
public sealed partial class WindowBlock
{
    /// <summary>
    /// Takes in the points of another block. What is known here stays; where nothing is, the other's points are written. Points of its
    /// open rows come with their times, so that a bucket to which both had points is folded as if one had had them all; of an older
    /// bucket only the value is left, and it fills a hole.
    /// </summary>
    /// <param name="other">Of the same interval; nobody writes to it any more. Series that are not known here are left out.</param>
    public void Absorb(WindowBlock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Invariant.Require(other._intervalMs == _intervalMs);
        lock (Gate)
        {
            if (other._newest == NoBucket)
            {
                return;
            }

            // First the open rows: they bring the newest row as far as the other's, so that its closed rows are closed here too.
            for (long bucket = other._newest; bucket > other._newest - OpenRows; bucket--)
            {
                for (int column = 0; column < other._count; column++)
                {
                    AbsorbOpen(other, column, bucket);
                }
            }

            long[] times = new long[RetainedRows];
            double[] values = new double[RetainedRows];
            for (int column = 0; column < other._count; column++)
            {
                AbsorbClosed(other, column, times, values);
            }
        }
    }

    private void AbsorbOpen(WindowBlock other, int column, long bucket)
    {
        int own = Find(other._series[column]);
        int row = Row(bucket);
        int mark = other._marks[((row % OpenRows) * other._stride) + column];
        if (own < 0 || mark is MarkNone or MarkEnded)
        {
            return;
        }

        if (mark >= 0)
        {
            Fill(own, (bucket * _intervalMs) + mark, other._head[(row * other._stride) + column]);
            return;
        }

        foreach ((int offset, float value) in other._open[row % OpenRows].Points(ChainOf(mark)))
        {
            Fill(own, (bucket * _intervalMs) + offset, value);
        }
    }

    private void AbsorbClosed(WindowBlock other, int column, long[] times, double[] values)
    {
        int own = Find(other._series[column]);
        if (own < 0)
        {
            return;
        }

        Timestamp last = new(((other._newest - OpenRows) * _intervalMs) + _intervalMs - 1);
        int count = other.Copy(column, Timestamp.MinValue, last, times, values);
        for (int i = 0; i < count; i++)
        {
            Fill(own, times[i], (float)values[i]);
        }

        if (other._endedAt[column] > Math.Max(_endedAt[own], _lastTimes[own]))
        {
            MarkLocked(own, other._endedAt[column], other._endedAt[column]);
        }
    }

    private void Fill(int column, long timeMs, float value)
    {
        if (!HasPoint(column, timeMs))
        {
            // Its owner judged its time by the clock on the wall, when it came.
            _counters.Count(UpsertLocked(column, timeMs, value, timeMs));
        }
    }

    /// <summary>True when the point is here; in a row that is no longer open, when its bucket has a value.</summary>
    private bool HasPoint(int column, long timeMs)
    {
        long bucket = FloorDivide(timeMs, _intervalMs);
        if (_newest == NoBucket || bucket > _newest || bucket < OldestBucket)
        {
            return false;
        }

        if (bucket <= _newest - OpenRows)
        {
            Span<long> time = stackalloc long[1];
            Span<double> value = stackalloc double[1];
            return Copy(column, new Timestamp(bucket * _intervalMs), new Timestamp(bucket * _intervalMs), time, value) > 0;
        }

        int offset = (int)(timeMs - (bucket * _intervalMs));
        int row = Row(bucket);
        int mark = _marks[((row % OpenRows) * _stride) + column];
        return mark == offset || (mark < MarkEnded && _open[row % OpenRows].Points(ChainOf(mark)).Any(p => p.OffsetMs == offset));
    }
}
