using System.Runtime.CompilerServices;

namespace Grainwatch.Signals.Windows;

// The way of a point: find its bucket, move the newest row there if it is ahead, then write into an open or a closed row.
public sealed partial class WindowBlock
{
    private UpsertOutcome UpsertLocked(int column, long timeMs, double value, long nowMs)
    {
        Invariant.Require((uint)column < (uint)_count);
        float single = (float)value;
        if (!float.IsFinite(single))
        {
            return UpsertOutcome.NotFinite;
        }

        // Nearly every point belongs to the newest row: no division for it.
        long bucket = _newest;
        long offset = timeMs - _newestStartMs;
        if ((ulong)offset >= (ulong)_intervalMs || timeMs - nowMs > _maxAheadMs || _newest == NoBucket || IsClosed)
        {
            UpsertOutcome refused = Locate(timeMs, nowMs, out bucket, out offset);
            if (refused != UpsertOutcome.Stored)
            {
                return refused;
            }
        }

        return bucket > _newest - OpenRows
            ? WriteOpen(column, bucket, (int)offset, single, timeMs)
            : WriteClosed(column, bucket, single, timeMs);
    }

    /// <summary>Finds the bucket of a time and makes room for it.</summary>
    /// <returns>Stored, or why it is refused.</returns>
    private UpsertOutcome Locate(long timeMs, long nowMs, out long bucket, out long offset)
    {
        bucket = FloorDivide(timeMs, _intervalMs);
        offset = timeMs - (bucket * _intervalMs);
        if (IsClosed)
        {
            return UpsertOutcome.Closed;
        }

        // A time that cannot be written is no time, and its differences may not fit into 64 bits.
        bool isInRange = new Timestamp(timeMs).IsInRange;
        if (isInRange ? timeMs - nowMs > _maxAheadMs : timeMs > 0)
        {
            return UpsertOutcome.TooFarAhead;
        }

        if (!isInRange)
        {
            return UpsertOutcome.TooOld;
        }

        if (_newest == NoBucket || bucket > _newest)
        {
            Advance(bucket);
        }

        return bucket < OldestBucket ? UpsertOutcome.TooOld : UpsertOutcome.Stored;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UpsertOutcome WriteOpen(int column, long bucket, int offset, float value, long timeMs)
    {
        int row = bucket == _newest ? _newestRow : Row(bucket);
        ref float cell = ref _head[(row * _stride) + column];
        ref int mark = ref _marks[((row % OpenRows) * _stride) + column];
        if (mark is MarkNone or MarkEnded)
        {
            _rowEnded[row] -= mark == MarkEnded ? 1 : 0;
            _rowPoints[row]++;
            mark = offset;
            cell = value;
            Touch(column, timeMs);
            return UpsertOutcome.Stored;
        }

        if (mark == offset)
        {
            if (Same(cell, value))
            {
                return UpsertOutcome.Unchanged;
            }

            cell = value;
            Touch(column, timeMs);
            return UpsertOutcome.Corrected;
        }

        return WriteSeveral(column, row, offset, value, timeMs, ref cell, ref mark);
    }

    private UpsertOutcome WriteSeveral(int column, int row, int offset, float value, long timeMs, ref float cell, ref int mark)
    {
        OpenPoints points = _open[row % OpenRows];
        int first = mark >= 0 ? points.Start(mark, cell) : ChainOf(mark);
        UpsertOutcome outcome = points.Put(ref first, offset, value, _options.MaxPointsPerBucket);
        mark = MarkOf(first);
        _several[column] |= 1UL << row;
        if (outcome is UpsertOutcome.Added or UpsertOutcome.Corrected)
        {
            cell = points.Fold(first, (BucketFold)_folds[column]);
            Touch(column, timeMs);
        }

        return outcome;
    }

    private UpsertOutcome WriteClosed(int column, long bucket, float value, long timeMs)
    {
        Span<float> page = stackalloc float[PageRows];
        bool isSealed = bucket < _headStart;
        bool inHead = bucket > _newest - HeadRows;
        long pageIndex = FloorDivide(bucket, PageRows);
        int rowInPage = (int)(bucket - (pageIndex * PageRows));
        uint severalInPage = isSealed ? ReadPage(pageIndex, column, page) : 0;
        int row = Row(bucket);

        float before = inHead ? _head[(row * _stride) + column] : page[rowInPage];
        bool several = inHead ? (_several[column] >> row & 1) != 0 : (severalInPage >> rowInPage & 1) != 0;
        if (several)
        {
            return UpsertOutcome.Settled;
        }

        if (Same(before, value))
        {
            return UpsertOutcome.Unchanged;
        }

        if (inHead)
        {
            _head[(row * _stride) + column] = value;
            _rowPoints[row] += float.IsNaN(before) ? 1 : 0;
        }

        if (isSealed)
        {
            page[rowInPage] = value;
            ref SealedPage? slot = ref _pages[PageSlot(pageIndex)];
            slot = SealedPage.Patch(pageIndex, _count, column, page, severalInPage, slot);
        }

        Touch(column, timeMs);
        return float.IsNaN(before) ? UpsertOutcome.LateStored : UpsertOutcome.LateCorrected;
    }

    private UpsertOutcome MarkLocked(int column, long timeMs, long nowMs)
    {
        Invariant.Require((uint)column < (uint)_count);
        UpsertOutcome refused = Locate(timeMs, nowMs, out long bucket, out long offset);
        if (refused != UpsertOutcome.Stored)
        {
            return refused;
        }

        bool changed = false;
        if (bucket > _newest - OpenRows)
        {
            changed = EndInRow(column, Row(bucket), (int)offset);
        }

        if (timeMs >= _lastTimes[column] && timeMs > _endedAt[column])
        {
            _endedAt[column] = timeMs;
            changed = true;
        }

        _version += changed ? 1 : 0;
        return changed ? UpsertOutcome.MarkedMissing : UpsertOutcome.Unchanged;
    }

    private bool EndInRow(int column, int row, int offset)
    {
        ref float cell = ref _head[(row * _stride) + column];
        ref int mark = ref _marks[((row % OpenRows) * _stride) + column];
        if (mark == MarkNone || mark == offset)
        {
            _rowPoints[row] -= mark == MarkNone ? 0 : 1;
            _rowEnded[row]++;
            cell = float.NaN;
            mark = MarkEnded;
            return true;
        }

        if (mark >= MarkEnded)
        {
            return false;
        }

        OpenPoints points = _open[row % OpenRows];
        int first = ChainOf(mark);
        if (!points.Remove(ref first, offset))
        {
            return false;
        }

        cell = points.Fold(first, (BucketFold)_folds[column]);
        mark = MarkOf(first);
        if (points.TryTakeOnly(first, out int only))
        {
            mark = only;
            _several[column] &= ~(1UL << row);
        }

        return true;
    }

    private void Advance(long bucket)
    {
        if (_newest == NoBucket || bucket - _newest > RetainedRows)
        {
            Reset(bucket);
            return;
        }

        _hasBeenWhole |= IsNewestFull(out _, out _);
        while (_newest < bucket)
        {
            // A page is sealed just before its first row leaves the head.
            if (_newest - _headStart == HeadRows - 1)
            {
                Seal(_headStart);
            }

            SetNewest(_newest + 1);
            ClearRow(_newestRow);
        }
    }

    private void Reset(long bucket)
    {
        Resets += _newest == NoBucket ? 0 : 1;
        Array.Clear(_pages);
        for (int row = 0; row < HeadRows; row++)
        {
            ClearRow(row);
        }

        _hasBeenWhole = false;
        SetNewest(bucket);
    }

    private void SetNewest(long bucket)
    {
        _newest = bucket;
        _newestRow = Row(bucket);
        _newestStartMs = bucket * _intervalMs;
        _headStart = HeadStart(bucket);
    }

    private void ClearRow(int row)
    {
        _head.AsSpan(row * _stride, _stride).Fill(float.NaN);
        _marks.AsSpan((row % OpenRows) * _stride, _stride).Fill(MarkNone);
        _open[row % OpenRows].Clear();
        _rowPoints[row] = 0;
        _rowEnded[row] = 0;
        ulong keep = ~(1UL << row);
        foreach (ref ulong several in _several.AsSpan(0, _count))
        {
            several &= keep;
        }
    }

    private void Seal(long firstBucket)
    {
        long index = FloorDivide(firstBucket, PageRows);
        ref SealedPage? slot = ref _pages[PageSlot(index)];
        _sealingFrom = firstBucket;
        slot = SealedPage.Seal(index, _count, _sealColumn, slot);
    }

    private uint ReadForSeal(int column, Span<float> values)
    {
        uint several = 0;
        int row = Row(_sealingFrom);
        for (int i = 0; i < PageRows; i++)
        {
            values[i] = _head[(row * _stride) + column];
            several |= (uint)(_several[column] >> row & 1) << i;
            row = row + 1 == HeadRows ? 0 : row + 1;
        }

        return several;
    }

    private void Touch(int column, long timeMs)
    {
        _version++;
        if (timeMs > _lastTimes[column])
        {
            _lastTimes[column] = timeMs;
        }
    }

    private static int ChainOf(int mark) => MarkEnded - 1 - mark;

    private static int MarkOf(int chain) => MarkEnded - 1 - chain;

    private static bool Same(float left, float right) =>
        BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right);
}
