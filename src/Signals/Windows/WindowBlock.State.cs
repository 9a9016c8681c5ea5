using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Windows;

// The block as bytes, for a migration from one silo to another: close, save, restore there. Version 1, little-endian:
// "GWWB", version, options, newest row, counters, columns, head rows by slot, marks and points of the open rows, pages,
// and a checksum (FNV-1a, 64 bit) of all before it.
public sealed partial class WindowBlock
{
    private const uint Magic = 0x42575747;
    private const ushort FormatVersion = 1;

    /// <summary>Everything but <see cref="IsClosed"/>.</summary>
    public byte[] Save()
    {
        lock (Gate)
        {
            StateWriter writer = new();
            writer.Write(Magic);
            writer.Write(FormatVersion);
            writer.Write(_intervalMs);
            writer.Write(_maxAheadMs);
            writer.Write(_options.MaxColumns);
            writer.Write(_options.MaxPointsPerBucket);
            writer.Write(_newest);
            writer.Write(_version);
            writer.Write(Resets);
            writer.Write(_hasBeenWhole);
            writer.WriteSpan<long>(_counters.Counts);
            writer.Write(_count);
            for (int column = 0; column < _count; column++)
            {
                SaveColumn(writer, column);
            }

            SaveHead(writer);
            SavePages(writer);
            return writer.ToArrayWithChecksum();
        }
    }

    /// <summary>An open block with the content of a saved one.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Save"/> wrote, or of another version.</exception>
    public static WindowBlock Restore(ReadOnlySpan<byte> state)
    {
        StateReader reader = StateReader.Checked(state);
        StateReader.Require(reader.Read<uint>() == Magic, "it does not start as a block does");
        ushort version = reader.Read<ushort>();
        StateReader.Require(version == FormatVersion, $"version {version} is not known");
        WindowBlock block = new(ReadOptions(ref reader));
        block.Load(ref reader);
        StateReader.Require(reader.IsAtEnd, "bytes are left over");
        return block;
    }

    private static WindowBlockOptions ReadOptions(ref StateReader reader)
    {
        long intervalMs = reader.Read<long>();
        long maxAheadMs = reader.Read<long>();
        int maxColumns = reader.Read<int>();
        int maxPoints = reader.Read<int>();
        StateReader.Require(
            intervalMs is >= 1 and <= 3_600_000 && maxAheadMs is >= 0 and <= long.MaxValue / 10_000
                && maxColumns is >= 1 and <= 65_536 && maxPoints is >= 2 and <= 4096,
            "an option is out of range");
        return new WindowBlockOptions
        {
            Interval = TimeSpan.FromMilliseconds(intervalMs),
            MaxAhead = TimeSpan.FromMilliseconds(maxAheadMs),
            MaxColumns = maxColumns,
            MaxPointsPerBucket = maxPoints,
        };
    }

    private void Load(ref StateReader reader)
    {
        long newest = reader.Read<long>();
        _version = reader.Read<long>();
        Resets = reader.Read<long>();
        _hasBeenWhole = reader.Read<byte>() != 0;
        _counters = new UpsertCounters();
        reader.ReadSpan(_counters.Counts);
        int columns = reader.Read<int>();
        StateReader.Require(columns >= 0 && columns <= _options.MaxColumns, "more columns than the block takes");
        StateReader.Require(
            newest == NoBucket || Math.Abs((double)newest * _intervalMs) <= Timestamp.MaxValue.UnixMs + (double)_intervalMs,
            "the newest row is out of range");
        Reserve(columns);
        for (int column = 0; column < columns; column++)
        {
            LoadColumn(ref reader, column);
        }

        if (newest != NoBucket)
        {
            SetNewest(newest);
        }

        LoadHead(ref reader);
        LoadPages(ref reader);
    }

    private void SaveColumn(StateWriter writer, int column)
    {
        SeriesKey key = _series[column];
        writer.Write(key.Entity.Key);
        writer.Write(key.Metric.Base);
        writer.Write(key.Metric.Statistic ?? "");
        writer.Write(key.Residual.Count);
        foreach ((string name, string value) in key.Residual.Labels)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(_folds[column]);
        writer.Write(_lastTimes[column]);
        writer.Write(_endedAt[column]);
        writer.Write(_several[column]);
    }

    private void LoadColumn(ref StateReader reader, int column)
    {
        string entity = reader.ReadText();
        StateReader.Require(EntityId.TryParseKey(entity, out EntityId? id), "a column names no entity");
        string metric = reader.ReadText();
        string statistic = reader.ReadText();
        int labels = reader.Read<int>();
        StateReader.Require(metric.Length > 0 && labels is >= 0 and <= 1024, "a column has no name");
        List<KeyValuePair<string, string>> residual = [];
        for (int i = 0; i < labels; i++)
        {
            string name = reader.ReadText();
            residual.Add(new(name, reader.ReadText()));
        }

        SeriesKey key = new(id!, MetricName.Of(metric, statistic.Length == 0 ? null : statistic), LabelSet.Of(residual));
        byte fold = reader.Read<byte>();
        StateReader.Require(fold <= (byte)BucketFold.Min, "a column folds in no known way");
        StateReader.Require(TryAdd(key, (BucketFold)fold, out int added) && added == column, "a column is there twice");
        _lastTimes[column] = reader.Read<long>();
        _endedAt[column] = reader.Read<long>();
        _several[column] = reader.Read<ulong>();
    }

    private void SaveHead(StateWriter writer)
    {
        writer.WriteSpan<int>(_rowPoints);
        writer.WriteSpan<int>(_rowEnded);
        for (int row = 0; row < HeadRows; row++)
        {
            writer.WriteSpan<float>(_head.AsSpan(row * _stride, _count));
        }

        for (int slot = 0; slot < OpenRows; slot++)
        {
            foreach (int mark in _marks.AsSpan(slot * _stride, _count))
            {
                SaveMark(writer, mark, _open[slot]);
            }
        }
    }

    private static void SaveMark(StateWriter writer, int mark, OpenPoints open)
    {
        if (mark >= MarkEnded)
        {
            writer.Write(mark);
            return;
        }

        List<(int OffsetMs, float Value)> points = [.. open.Points(ChainOf(mark))];
        writer.Write(MarkEnded - points.Count);
        foreach ((int offset, float value) in points)
        {
            writer.Write(offset);
            writer.Write(value);
        }
    }

    private void LoadHead(ref StateReader reader)
    {
        reader.ReadSpan<int>(_rowPoints);
        reader.ReadSpan<int>(_rowEnded);
        for (int row = 0; row < HeadRows; row++)
        {
            reader.ReadSpan(_head.AsSpan(row * _stride, _count));
        }

        for (int slot = 0; slot < OpenRows; slot++)
        {
            foreach (ref int mark in _marks.AsSpan(slot * _stride, _count))
            {
                mark = LoadMark(ref reader, _open[slot]);
            }
        }
    }

    private int LoadMark(ref StateReader reader, OpenPoints open)
    {
        int mark = reader.Read<int>();
        if (mark >= MarkEnded)
        {
            StateReader.Require(mark < _intervalMs, "a point is outside its bucket");
            return mark;
        }

        long count = (long)MarkEnded - mark;
        StateReader.Require(count <= _options.MaxPointsPerBucket, "a bucket holds more points than it may");
        int first = -1;
        for (long i = 0; i < count; i++)
        {
            int offset = reader.Read<int>();
            float value = reader.Read<float>();
            StateReader.Require(offset >= 0 && offset < _intervalMs && float.IsFinite(value), "a point is outside its bucket");
            if (i == 0)
            {
                first = open.Start(offset, value);
            }
            else
            {
                open.Put(ref first, offset, value, _options.MaxPointsPerBucket);
            }
        }

        return MarkOf(first);
    }

    private void SavePages(StateWriter writer)
    {
        foreach (SealedPage? page in _pages)
        {
            writer.Write(page?.Index ?? NoBucket);
            if (page is not null)
            {
                writer.Write(page.Columns);
                writer.Write(page.Length);
                writer.WriteSpan(page.Bytes);
            }
        }
    }

    private void LoadPages(ref StateReader reader)
    {
        for (int slot = 0; slot < PageCount; slot++)
        {
            long index = reader.Read<long>();
            if (index == NoBucket)
            {
                continue;
            }

            int columns = reader.Read<int>();
            int length = reader.Read<int>();
            StateReader.Require(columns >= 0 && columns <= _count && length >= 0, "a page has no shape");
            ReadOnlySpan<byte> bytes = reader.ReadBytes(length);
            StateReader.Require(PageSlot(index) == slot && IsRetained(index), "a page is at a wrong place");
            _pages[slot] = SealedPage.FromBytes(index, columns, bytes);
            StateReader.Require(_pages[slot] is not null, "a page cannot be unpacked");
        }
    }

    private bool IsRetained(long page) =>
        _newest != NoBucket && page * PageRows >= OldestBucket && page * PageRows < _headStart;
}
