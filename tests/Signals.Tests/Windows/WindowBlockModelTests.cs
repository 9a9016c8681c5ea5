using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

/// <summary>Random operations on the block and on the stupid window beside it must give the same answers throughout.</summary>
public sealed class WindowBlockModelTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const long IntervalMs = 10_000;
    private const int MaxPoints = 5;

    private static readonly double[] Odd = [0, -0.0, 1e-5, -3.25, 1e-38, 3.4e38, 123456.789, -1e-5, float.Epsilon, 16777217];

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AllOperations_Random_EqualTheOracle(int seed)
    {
        int steps = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int asked) ? asked / 4 : 75_000;
        output.WriteLine($"seed {seed}, {steps} steps");
        Walk walk = new(seed);
        for (int step = 0; step < steps; step++)
        {
            walk.Step(step);
        }

        for (int column = 0; column < walk.Oracle.Columns; column++)
        {
            walk.CompareWindow(column, long.MinValue / 4, long.MaxValue / 4, steps);
        }
    }

    private sealed class Walk
    {
        private readonly Random _random;
        private readonly List<(int Column, long Time, double Value)> _sent = [];
        private WindowBlock _block;
        private long _now = 1_700_000_003_000;

        public Walk(int seed)
        {
            _random = new Random(seed);
            // One walk crosses the epoch: times before 1970 are times too.
            _now = seed % 2 == 0 ? _now : -1_000_000;
            _block = new WindowBlock(new WindowBlockOptions { MaxPointsPerBucket = MaxPoints });
            Oracle = new WindowOracle(IntervalMs, 600_000, MaxPoints);
            Grow();
        }

        public WindowOracle Oracle { get; }

        public void Step(int step)
        {
            switch (_random.Next(1000))
            {
                case 0: Grow(); break;
                case < 3: _block = WindowBlock.Restore(_block.Save()); break;
                case < 5: _now += _random.NextInt64(1, 5_000_000); break;
                case < 150: _now += _random.Next(1, 12_000); break;
                case < 180: Mark(step); break;
                case < 330: Resend(step); break;
                case < 400: Put(step, _now - _random.NextInt64(0, 4_200_000)); break;
                case < 402: Put(step, _now + _random.NextInt64(0, 1_200_000)); break;
                case < 420: CompareWindow(_random.Next(Oracle.Columns), _now - _random.NextInt64(0, 4_500_000), _now - _random.NextInt64(0, 900_000), step); break;
                case < 440: CompareProgress(step); break;
                default: Put(step, _now - _random.NextInt64(0, 15_000)); break;
            }
        }

        public void CompareWindow(int column, long from, long to, int step)
        {
            IReadOnlyList<(long Time, double Value)> expected = Oracle.Read(column, from, to);
            long[] times = new long[_random.Next(2) == 0 ? 500 : _random.Next(1, 20)];
            double[] values = new double[times.Length];
            int count = _block.Copy(column, new Timestamp(from), new Timestamp(to), times, values);
            Assert.Equal(expected.TakeLast(times.Length).Select(p => (p.Time, BitConverter.DoubleToInt64Bits(p.Value))),
                times.Take(count).Zip(values.Select(BitConverter.DoubleToInt64Bits)));

            WindowAggregate aggregate = _block.Aggregate(column, new Timestamp(from), new Timestamp(to));
            Assert.True(aggregate.Count == expected.Count, $"step {step}");
            if (expected.Count > 0)
            {
                Assert.Equal(expected.Aggregate(0.0, (sum, p) => sum + p.Value), aggregate.Sum);
                Assert.Equal(expected.Min(p => p.Value), aggregate.Min);
                Assert.Equal(expected.Max(p => p.Value), aggregate.Max);
                Assert.Equal(expected[^1], (aggregate.LastTime.UnixMs, aggregate.Last));
            }
        }

        private void CompareProgress(int step)
        {
            if (Oracle.Newest is null)
            {
                return;
            }

            RowProgress progress = _block.Progress;
            Assert.True(Oracle.Progress() == (progress.Written, progress.Expected, progress.IsWarm), $"step {step}: {progress}");
            Assert.Equal(Oracle.Newest * IntervalMs, progress.Bucket.UnixMs);
            int column = _random.Next(Oracle.Columns);
            Assert.Equal(Oracle.IsMissing(column), _block.MissingSince(column) is not null);
        }

        private void Grow()
        {
            if (Oracle.Columns >= 40)
            {
                return;
            }

            for (int added = _random.Next(1, 6); added > 0; added--)
            {
                BucketFold fold = (BucketFold)_random.Next(4);
                SeriesKey key = new(EntityId.ForComponent("e", "c"), MetricName.Of($"m{Oracle.Columns}", "p99"),
                    LabelSet.Of([new("n", $"{Oracle.Columns}")]));
                Assert.True(_block.TryAdd(key, fold, out int column));
                Assert.Equal(Oracle.Columns, column);
                Oracle.Add(fold);
            }
        }

        private void Put(int step, long time)
        {
            double value = _random.Next(20) == 0 ? Odd[_random.Next(Odd.Length)]
                : _random.Next(3) == 0 ? Math.Round(_random.NextDouble() * 100, 1) : _random.Next(0, 50) / 1000.0;
            // Offsets come from few instants, so that buckets get one, several and the same points.
            long aligned = time - (((time % 2_500) + 2_500) % 2_500);
            _sent.Add((_random.Next(Oracle.Columns), aligned, value));
            Send(step, _sent[^1]);
        }

        private void Resend(int step)
        {
            if (_sent.Count == 0)
            {
                return;
            }

            (int column, long time, double value) = _sent[^_random.Next(1, Math.Min(_sent.Count, 400) + 1)];
            Send(step, (column, time, _random.Next(2) == 0 ? value : value + 1));
        }

        private void Mark(int step)
        {
            long time = _now - _random.NextInt64(0, 60_000);
            time -= ((time % 2_500) + 2_500) % 2_500;
            int column = _random.Next(Oracle.Columns);
            UpsertOutcome expected = Oracle.MarkMissing(column, time, _now);
            UpsertOutcome actual = _block.MarkMissing(column, new Timestamp(time), new Timestamp(_now));
            Assert.True(expected == actual, $"step {step}: mark {column} at {time}: {expected}, but {actual}");
        }

        private void Send(int step, (int Column, long Time, double Value) point)
        {
            long version = _block.Version;
            UpsertOutcome expected = Oracle.Upsert(point.Column, point.Time, point.Value, _now);
            UpsertOutcome actual = _block.Upsert(point.Column, new Timestamp(point.Time), point.Value, new Timestamp(_now));
            Assert.True(expected == actual, $"step {step}: {point} at {_now}: {expected}, but {actual}");
            bool changes = actual is UpsertOutcome.Stored or UpsertOutcome.Added or UpsertOutcome.Corrected or UpsertOutcome.LateStored or UpsertOutcome.LateCorrected;
            Assert.Equal(version + (changes ? 1 : 0), _block.Version);
        }
    }
}
