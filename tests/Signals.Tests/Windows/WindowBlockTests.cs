using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

public sealed class WindowBlockTests
{
    private const long Start = 1_700_000_000_000;

    private readonly WindowBlock _block = new();

    [Theory]
    [InlineData(long.MinValue, UpsertOutcome.TooOld)]
    [InlineData(long.MinValue + 1, UpsertOutcome.TooOld)]
    [InlineData(-62_135_596_800_001, UpsertOutcome.TooOld)]
    [InlineData(253_402_300_800_000, UpsertOutcome.TooFarAhead)]
    [InlineData(long.MaxValue, UpsertOutcome.TooFarAhead)]
    public void Upsert_TimeThatCannotBeWritten_IsRefusedWhateverTheClockSays(long unixMs, UpsertOutcome expected)
    {
        WindowBlock block = new();
        Assert.True(block.TryAdd(new SeriesKey(EntityId.ForEndpoint("e"), MetricName.Of("m"), LabelSet.Empty), BucketFold.Mean, out int column));
        Timestamp time = new(unixMs);

        Assert.Equal(expected, block.Upsert(column, time, 1, now: time));
        Assert.Equal(expected, block.MarkMissing(column, time, now: time));
        Assert.Equal(expected, block.Upsert(column, time, 1, now: new Timestamp(0)));
        Assert.Null(block.Newest);
        Assert.Equal(UpsertOutcome.Stored, block.Upsert(column, new Timestamp(-5), 1, now: new Timestamp(0)));
        Assert.Equal(expected, block.Upsert(column, time, 1, now: time));
        Assert.Equal(new Timestamp(-10_000), block.Newest);
    }

    [Fact]
    public void Upsert_SamePointTwice_ChangesNothing()
    {
        int column = Add("m");
        Assert.Equal(UpsertOutcome.Stored, Put(column, 0, 1.5));
        long version = _block.Version;
        Assert.Equal(UpsertOutcome.Unchanged, Put(column, 0, 1.5));
        Assert.Equal(version, _block.Version);
    }

    [Fact]
    public void Upsert_Correction_Replaces()
    {
        int column = Add("m");
        Put(column, 0, 1.5);
        Assert.Equal(UpsertOutcome.Corrected, Put(column, 0, 2.5));
        Assert.Equal(2.5, Window(column).Last);
    }

    [Theory]
    [InlineData(BucketFold.Mean, 4.0)]
    [InlineData(BucketFold.Sum, 12.0)]
    [InlineData(BucketFold.Max, 7.0)]
    [InlineData(BucketFold.Min, 2.0)]
    public void Upsert_SeveralTimesInOneBucket_AreFolded(BucketFold fold, double expected)
    {
        int column = Add("m", fold);
        Put(column, 1, 7);
        Assert.Equal(UpsertOutcome.Added, Put(column, 5, 2));
        Put(column, 9, 30);
        Assert.Equal(UpsertOutcome.Corrected, Put(column, 9, 3));
        Assert.Equal(UpsertOutcome.Unchanged, Put(column, 1, 7));
        Assert.Equal(expected, Window(column).Last);
        Assert.Equal(1, Window(column).Count);
    }

    [Fact]
    public void Upsert_BucketOfSeveralThatIsClosed_IsSettled()
    {
        int column = Add("m", BucketFold.Sum);
        Put(column, 1, 7);
        Put(column, 5, 2);
        Put(column, 100, 1);
        Assert.Equal(UpsertOutcome.Settled, Put(column, 1, 7));
        Assert.Equal(9, _block.Aggregate(column, At(0), At(0)).Sum);
    }

    [Fact]
    public void Upsert_LateIntoASealedPage_IsStoredAndCorrected()
    {
        int column = Add("m");
        Put(column, 0, 1);
        Put(column, 3000, 2);
        Assert.Equal(UpsertOutcome.LateStored, Put(column, 20, 5));
        Assert.Equal(UpsertOutcome.LateCorrected, Put(column, 20, 6));
        Assert.Equal(UpsertOutcome.Unchanged, Put(column, 20, 6));
        Assert.Equal([(0L, 1.0), (20_000L, 6.0), (3_000_000L, 2.0)], Read(column));
    }

    [Fact]
    public void Upsert_OlderThanTheWindow_IsTooOld()
    {
        int column = Add("m");
        Put(column, 4000, 1);
        Assert.Equal(UpsertOutcome.TooOld, Put(column, 0, 1));
        Assert.Equal(1, _block.Counters[UpsertOutcome.TooOld]);
        Assert.Equal(1, _block.Counters.Accepted);
    }

    [Fact]
    public void Upsert_AheadOfNow_IsRefusedHoweverLongTheSilenceWas()
    {
        int column = Add("m");
        Put(column, 0, 1);
        Assert.Equal(UpsertOutcome.TooFarAhead, _block.Upsert(column, At(601), 1, At(0)));
        Assert.Equal(UpsertOutcome.Stored, _block.Upsert(column, At(600), 1, At(0)));
        Assert.Equal(UpsertOutcome.Stored, _block.Upsert(column, At(50_000), 1, At(50_000)));
    }

    [Fact]
    public void Upsert_AfterASilenceLongerThanTheWindow_StartsEmpty()
    {
        int column = Add("m");
        for (int i = 0; i < 100; i++)
        {
            Put(column, i * 10, i);
        }

        Assert.Equal(UpsertOutcome.Stored, Put(column, 990 + 4010, 7));
        Assert.Equal((1, 1), (Read(column).Count, (int)_block.Resets));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    public void Upsert_NotANumber_IsRefused(double value) => Assert.Equal(UpsertOutcome.NotFinite, Put(Add("m"), 0, value));

    [Fact]
    public void Upsert_MorePointsThanABucketTakes_KeepsWhatIsThere()
    {
        int column = Add("m", BucketFold.Sum);
        for (int i = 0; i < 64; i++)
        {
            _block.Upsert(column, new Timestamp(Start + i), 1, At(0));
        }

        Assert.Equal(UpsertOutcome.BucketFull, _block.Upsert(column, new Timestamp(Start + 64), 1, At(0)));
        Assert.Equal(64, Window(column).Sum);
    }

    [Fact]
    public void Close_Writes_AreRefusedAndReadsGoOn()
    {
        int column = Add("m");
        Put(column, 0, 1);
        _block.Close();
        Assert.Equal(UpsertOutcome.Closed, Put(column, 0, 2));
        Assert.Equal(UpsertOutcome.Closed, Put(column, 10, 2));
        Assert.Equal(UpsertOutcome.Closed, _block.MarkMissing(column, At(10), At(10)));
        Assert.False(_block.TryAdd(Key("other"), BucketFold.Mean, out _));
        Assert.Equal(1, Window(column).Last);
    }

    [Fact]
    public void TryAdd_WhileDataIsThere_KeepsIt()
    {
        int first = Add("m0");
        for (int i = 0; i < 380; i++)
        {
            Put(first, i * 10, i);
            if (i % 3 == 0)
            {
                Add($"m{1 + (i / 3)}");
            }
        }

        Assert.Equal([.. Enumerable.Range(0, 380).Select(i => (i * 10_000L, (double)i))], Read(first));
        Assert.Equal(0, Window(5).Count);
        Assert.Equal(128, _block.Series.Count);
        Assert.Equal(127, _block.Find(Key("m127")));
        Assert.Equal(-1, _block.Find(Key("none")));
    }

    [Fact]
    public void TryAdd_MoreColumnsThanAllowed_IsRefused()
    {
        WindowBlock small = new(new WindowBlockOptions { MaxColumns = 1 });
        Assert.True(small.TryAdd(Key("a"), BucketFold.Mean, out _));
        Assert.False(small.TryAdd(Key("b"), BucketFold.Mean, out int column));
        Assert.Equal(-1, column);
        Assert.True(small.TryAdd(Key("a"), BucketFold.Mean, out _));
    }

    [Fact]
    public void Aggregate_Boundaries_AreTheStartsOfBuckets()
    {
        int column = Add("m");
        for (int i = 0; i < 5; i++)
        {
            Put(column, (i * 10) + 3, i + 1);
        }

        Assert.Equal(9, _block.Aggregate(column, At(10), At(39)).Sum);
        Assert.Equal(7, _block.Aggregate(column, At(11), At(30)).Sum);
        Assert.Equal(0, _block.Aggregate(column, At(41), At(49)).Count);
        Assert.Equal(0, _block.Aggregate(column, At(30), At(10)).Count);
    }

    [Fact]
    public void Copy_ShortSpans_TheNewestWin()
    {
        int column = Add("m");
        for (int i = 0; i < 100; i++)
        {
            Put(column, i * 10, i);
        }

        double[] values = new double[3];
        Assert.Equal(3, _block.Copy(column, At(0), At(980), new long[9], values));
        Assert.Equal([96, 97, 98], values);
        Assert.Equal(0, _block.Copy(column, At(0), At(980), [], values));
    }

    [Fact]
    public void MarkMissing_PointOfThatTime_IsTakenBack()
    {
        int column = Add("m");
        Put(column, 0, 1);
        Put(column, 10, 2);
        Assert.Equal(UpsertOutcome.MarkedMissing, _block.MarkMissing(column, At(10), At(10)));
        Assert.Equal(At(10), _block.MissingSince(column));
        Assert.Equal([(0L, 1.0)], Read(column));
        Put(column, 20, 3);
        Assert.Null(_block.MissingSince(column));
        Assert.Equal(At(20), _block.LastPoint(column));
    }

    [Fact]
    public void Progress_NewBlock_IsWholeNeverBeforeARowHasBeen()
    {
        int[] columns = [Add("a"), Add("b"), Add("c")];
        Put(columns[0], 0, 1);
        Assert.False(_block.Progress.IsWhole);
        for (int i = 0; i < 3; i++)
        {
            Put(columns[i], 10, 1);
            Assert.False(_block.Progress.IsWhole);
        }

        Put(columns[0], 20, 1);
        Put(columns[1], 20, 1);
        Assert.False(_block.Progress.IsWhole);
        Put(columns[2], 20, 1);
        Assert.True(_block.Progress.IsWhole);
        Assert.Equal((3, 3), (_block.Progress.Written, _block.Progress.Expected));
    }

    [Fact]
    public void Progress_SeriesThatEnded_IsNotWaitedFor()
    {
        int[] columns = [Add("a"), Add("b")];
        for (int tick = 0; tick < 3; tick++)
        {
            Put(columns[0], tick * 10, 1);
            Put(columns[1], tick * 10, 1);
        }

        Put(columns[0], 30, 1);
        _block.MarkMissing(columns[1], At(30), At(30));
        Assert.True(_block.Progress.IsWhole);
        Put(columns[0], 40, 1);
        Assert.True(_block.Progress.IsWhole);
    }

    [Fact]
    public void EstimateInterval_SixtySecondSeriesInTenSecondBuckets_IsSixty()
    {
        int column = Add("m");
        Assert.Null(_block.EstimateInterval(column));
        for (int i = 0; i < 30; i++)
        {
            Put(column, i * 60, 1);
        }

        Assert.Equal(TimeSpan.FromSeconds(60), _block.EstimateInterval(column));
    }

    [Fact]
    public void HotPath_SteadyState_AllocatesNothing()
    {
        WindowPoint[] row = [.. Enumerable.Range(0, 44).Select(i => new WindowPoint(Add($"m{i}"), Start, i))];
        long[] times = new long[400];
        double[] values = new double[400];
        double sum = 0;
        long allocated = 0;

        // By then every path has run once, the first read of a sealed page included.
        const int WarmUpTicks = 60;
        for (int tick = 0; tick < 460; tick++)
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = row[i] with { TimeUnixMs = Start + (tick * 10_000), Value = (tick + i) % 7 };
            }

            // A page is sealed each thirtieth row; its array may have to grow then.
            bool seals = (row[0].TimeUnixMs / 10_000 - 10) % 30 == 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            _block.Upsert(row, At(tick * 10), []);
            sum += _block.Aggregate(3, At(0), At(tick * 10)).Sum + _block.Copy(3, At(0), At(tick * 10), times, values);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            allocated += seals || tick < WarmUpTicks ? 0 : bytes;
        }

        Assert.True(sum > 0 && allocated == 0, $"{allocated} bytes");
    }

    [Fact]
    public async Task Upsert_FromManyThreads_LosesNothing()
    {
        int[] columns = [.. Enumerable.Range(0, 8).Select(i => Add($"m{i}"))];
        await Task.WhenAll(columns.Select(column => Task.Run(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                Put(column, i * 10, i);
            }
        })));
        Assert.Equal(8 * 300, _block.Counters.Accepted);
        Assert.All(columns, c => Assert.Equal(300, Read(c).Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(3_600_001)]
    public void Constructor_IntervalOutOfRange_IsRefused(double ms) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowBlock(new WindowBlockOptions { Interval = TimeSpan.FromMilliseconds(ms) }));

    [Fact]
    public void Export_AllSeries_LeavesEmptyOnesOut()
    {
        int column = Add("m");
        Add("empty");
        Put(column, 0, 1);
        Put(column, 10, 2);
        SeriesData data = Assert.Single(_block.Export(At(0), At(100)));
        Assert.Equal(Key("m"), data.Key);
        Assert.Equal([Start, Start + 10_000], data.TimesUnixMs);
        Assert.Equal([1, 2], data.Values);
    }

    private static Timestamp At(double seconds) => new(Start + (long)(seconds * 1000));

    private static SeriesKey Key(string metric) => new(EntityId.ForComponent("e", "c"), MetricName.Of(metric));

    private int Add(string metric, BucketFold fold = BucketFold.Mean)
    {
        Assert.True(_block.TryAdd(Key(metric), fold, out int column));
        return column;
    }

    private UpsertOutcome Put(int column, double seconds, double value) => _block.Upsert(column, At(seconds), value, At(seconds));

    private WindowAggregate Window(int column) => _block.Aggregate(column, Timestamp.MinValue, Timestamp.MaxValue);

    private List<(long Time, double Value)> Read(int column)
    {
        long[] times = new long[500];
        double[] values = new double[500];
        int count = _block.Copy(column, Timestamp.MinValue, Timestamp.MaxValue, times, values);
        return [.. times.Take(count).Select(t => t - Start).Zip(values)];
    }
}
