using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

public sealed class WindowBlockStateTests
{
    [Fact]
    public void Restore_OfASavedBlock_SavesToTheSameBytes()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] saved = Sample(seed).Save();
            Assert.Equal(saved, WindowBlock.Restore(saved).Save());
        }
    }

    [Fact]
    public void Restore_OfASavedBlock_IsOpenAndKeepsOptionsAndCounters()
    {
        WindowBlock block = Sample(3);
        block.Close();
        WindowBlock back = WindowBlock.Restore(block.Save());
        Assert.False(back.IsClosed);
        Assert.Equal((block.Options, block.Version, block.Newest, block.Progress), (back.Options, back.Version, back.Newest, back.Progress));
        Assert.Equal(block.Counters.Accepted, back.Counters.Accepted);
        Assert.Equal(block.Series, back.Series);
    }

    [Fact]
    public void Restore_EmptyBlock_IsEmpty() => Assert.Null(WindowBlock.Restore(new WindowBlock().Save()).Newest);

    [Fact]
    public void Restore_Cut_IsRefused()
    {
        byte[] saved = Sample(1).Save();
        for (int length = 0; length < saved.Length; length += 1 + (length / 50))
        {
            Assert.Throws<InvalidDataException>(() => WindowBlock.Restore(saved.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Restore_ChangedByteWithAMatchingChecksum_IsReadOrRefusedButNeverFails()
    {
        byte[] saved = Sample(2).Save();
        Random random = new(5);
        int refused = 0;
        for (int i = 0; i < 3_000; i++)
        {
            byte[] changed = [.. saved];
            changed[random.Next(saved.Length - 8)] ^= (byte)random.Next(1, 256);
            Assert.Throws<InvalidDataException>(() => WindowBlock.Restore(changed));
            BitConverter.TryWriteBytes(changed.AsSpan(changed.Length - 8), StateWriter.Checksum(changed.AsSpan(0, changed.Length - 8)));
            try
            {
                WindowBlock block = WindowBlock.Restore(changed);
                for (int column = 0; column < block.Series.Count; column++)
                {
                    block.Aggregate(column, Timestamp.MinValue, Timestamp.MaxValue);
                }
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 2_999);
    }

    [Fact]
    public void Restore_AnotherVersion_SaysSo()
    {
        byte[] saved = Sample(1).Save();
        saved[4] = 9;
        BitConverter.TryWriteBytes(saved.AsSpan(saved.Length - 8), StateWriter.Checksum(saved.AsSpan(0, saved.Length - 8)));
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => WindowBlock.Restore(saved)).Message, StringComparison.Ordinal);
    }

    private static WindowBlock Sample(int seed)
    {
        Random random = new(seed);
        WindowBlock block = new(new WindowBlockOptions { Interval = TimeSpan.FromSeconds(1 + random.Next(60)) });
        for (int i = 0; i < 12; i++)
        {
            SeriesKey key = new(EntityId.ForGpu("e/1", $"i-{i}", "0"), MetricName.Of("latency", i % 2 == 0 ? null : "p99"), LabelSet.Of([new("é", $"{i}")]));
            Assert.True(block.TryAdd(key, (BucketFold)random.Next(4), out _));
        }

        long now = 1_700_000_000_000;
        for (int step = 0; step < 6_000; step++)
        {
            now += random.Next(0, 2_000);
            int column = random.Next(12);
            if (random.Next(30) == 0)
            {
                block.MarkMissing(column, new Timestamp(now), new Timestamp(now));
            }
            else
            {
                block.Upsert(column, new Timestamp(now - random.Next(0, 100_000)), random.Next(0, 1000) / 10.0, new Timestamp(now));
            }
        }

        return block;
    }
}
