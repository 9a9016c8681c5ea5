using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

/// <summary>The stupid window: every bucket in a dictionary, every answer by LINQ.</summary>
internal sealed class WindowOracle(long intervalMs, long maxAheadMs, int maxPoints)
{
    private readonly List<Column> _columns = [];
    private long? _newest;
    private bool _warm;

    public int Columns => _columns.Count;

    public long? Newest => _newest;

    public void Add(BucketFold fold) => _columns.Add(new Column(fold));

    public UpsertOutcome Upsert(int column, long time, double value, long now)
    {
        if (!float.IsFinite((float)value))
        {
            return UpsertOutcome.NotFinite;
        }

        if (Place(time, now) is { } refused)
        {
            return refused;
        }

        (long bucket, int offset) = Split(time);
        Column target = _columns[column];
        if (!target.Buckets.TryGetValue(bucket, out Bucket? cell))
        {
            target.Buckets[bucket] = cell = new Bucket();
        }

        bool open = bucket > _newest - WindowBlock.OpenRows;
        UpsertOutcome outcome = open ? cell.Put(offset, (float)value, target.Fold, maxPoints) : cell.PutLate((float)value);
        if (outcome is UpsertOutcome.Stored or UpsertOutcome.Added or UpsertOutcome.Corrected or UpsertOutcome.LateStored or UpsertOutcome.LateCorrected)
        {
            target.LastTime = Math.Max(target.LastTime, time);
        }

        return outcome;
    }

    public UpsertOutcome MarkMissing(int column, long time, long now)
    {
        if (Place(time, now) is { } refused)
        {
            return refused;
        }

        (long bucket, int offset) = Split(time);
        Column target = _columns[column];
        bool changed = false;
        if (bucket > _newest - WindowBlock.OpenRows)
        {
            if (!target.Buckets.TryGetValue(bucket, out Bucket? cell))
            {
                target.Buckets[bucket] = cell = new Bucket();
            }

            changed = cell.End(offset, target.Fold);
        }

        if (time >= target.LastTime && time > target.EndedAt)
        {
            target.EndedAt = time;
            changed = true;
        }

        return changed ? UpsertOutcome.MarkedMissing : UpsertOutcome.Unchanged;
    }

    public IReadOnlyList<(long Time, double Value)> Read(int column, long from, long to) => _newest is null
        ? []
        : [.. _columns[column].Buckets
            .Where(b => b.Key >= Oldest && b.Value.Value is not null && b.Key * intervalMs >= from && b.Key * intervalMs <= to)
            .OrderBy(b => b.Key)
            .Select(b => (b.Key * intervalMs, (double)b.Value.Value!.Value))];

    public (int Written, int Expected, bool IsWarm) Progress()
    {
        (int written, int expected) = Row();
        return (written, expected, _warm);
    }

    public bool IsMissing(int column) => _columns[column].EndedAt > long.MinValue && _columns[column].EndedAt >= _columns[column].LastTime;

    private long Oldest => (FloorDivide(_newest!.Value - 10, 30) * 30) - 360;

    private (int Written, int Expected) Row()
    {
        int written = _columns.Count(c => c.Buckets.TryGetValue(_newest!.Value, out Bucket? b) && (b.Value is not null || b.Ended));
        int expected = Enumerable.Range(1, 39).Select(back => Points(_newest!.Value - back)).FirstOrDefault(n => n > 0);
        return (written, expected);
    }

    private int Points(long bucket) => _columns.Count(c => c.Buckets.TryGetValue(bucket, out Bucket? b) && b.Value is not null);

    private UpsertOutcome? Place(long time, long now)
    {
        if (time - now > maxAheadMs)
        {
            return UpsertOutcome.TooFarAhead;
        }

        (long bucket, _) = Split(time);
        if (_newest is null || bucket - _newest > 400)
        {
            _warm = false;
            _columns.ForEach(c => c.Buckets.Clear());
            _newest = bucket;
        }
        else if (bucket > _newest)
        {
            (int written, int expected) = Row();
            _warm |= expected > 0 && written >= expected;
            _newest = bucket;
            foreach (Bucket closed in _columns.SelectMany(c => c.Buckets).Where(b => b.Key <= bucket - WindowBlock.OpenRows).Select(b => b.Value))
            {
                closed.Close();
            }

            foreach (Column column in _columns)
            {
                foreach (long old in column.Buckets.Keys.Where(k => k < Oldest).ToList())
                {
                    column.Buckets.Remove(old);
                }
            }
        }

        return bucket < Oldest ? UpsertOutcome.TooOld : null;
    }

    private (long Bucket, int Offset) Split(long time)
    {
        long bucket = FloorDivide(time, intervalMs);
        return (bucket, (int)(time - (bucket * intervalMs)));
    }

    private static long FloorDivide(long value, long divisor) => (long)Math.Floor((decimal)value / divisor);

    private sealed class Column(BucketFold fold)
    {
        public BucketFold Fold { get; } = fold;

        public Dictionary<long, Bucket> Buckets { get; } = [];

        public long LastTime { get; set; } = long.MinValue;

        public long EndedAt { get; set; } = long.MinValue;
    }

    private sealed class Bucket
    {
        private readonly SortedDictionary<int, float> _points = [];
        private bool _several;
        private bool _closed;

        public float? Value { get; private set; }

        public bool Ended { get; private set; }

        public UpsertOutcome Put(int offset, float value, BucketFold fold, int maxPoints)
        {
            bool known = _points.TryGetValue(offset, out float before);
            if (!known && _points.Count == maxPoints)
            {
                return UpsertOutcome.BucketFull;
            }

            _points[offset] = value;
            Ended = false;
            Refold(fold);
            return known
                ? BitConverter.SingleToInt32Bits(before) == BitConverter.SingleToInt32Bits(value) ? UpsertOutcome.Unchanged : UpsertOutcome.Corrected
                : _points.Count == 1 ? UpsertOutcome.Stored : UpsertOutcome.Added;
        }

        public UpsertOutcome PutLate(float value)
        {
            if (_several)
            {
                return UpsertOutcome.Settled;
            }

            float? before = Value;
            Value = value;
            return before is null ? UpsertOutcome.LateStored
                : BitConverter.SingleToInt32Bits(before.Value) == BitConverter.SingleToInt32Bits(value) ? UpsertOutcome.Unchanged
                : UpsertOutcome.LateCorrected;
        }

        public bool End(int offset, BucketFold fold)
        {
            bool removed = _points.Remove(offset);
            if (_points.Count > 0)
            {
                Refold(fold);
                return removed;
            }

            bool changed = removed || !Ended;
            Value = null;
            Ended = true;
            return changed;
        }

        public void Close()
        {
            if (!_closed)
            {
                _closed = true;
                _several = _points.Count > 1;
                _points.Clear();
            }
        }

        private void Refold(BucketFold fold) => Value = _points.Count == 1 ? _points.Values.First() : fold switch
        {
            BucketFold.Mean => (float)(_points.Values.Sum(v => (double)v) / _points.Count),
            BucketFold.Sum => (float)_points.Values.Sum(v => (double)v),
            BucketFold.Min => _points.Values.Min(),
            _ => _points.Values.Max(),
        };
    }
}
