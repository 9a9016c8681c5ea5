using BenchmarkDotNet.Attributes;
using Grainwatch.Signals;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks;

/// <summary>
/// One hour of 10-s points in the two blocks of an endpoint (88 series): insert of the next row, aggregates over five
/// minutes, a copy of an hour; each beside dictionaries by time.
/// </summary>
[MemoryDiagnoser]
public class WindowsBenchmarks
{
    private const int Trees = 2;

    private readonly WindowsFleet _fleet = new(Trees);
    private readonly WindowBlock[] _blocks = new WindowBlock[Trees];
    private readonly NaiveWindows[] _naive = new NaiveWindows[Trees];
    private readonly WindowPoint[][] _rows = new WindowPoint[Trees][];
    private readonly long[] _times = new long[400];
    private readonly double[] _values = new double[400];
    private long _tick;
    private Timestamp _now;

    [GlobalSetup]
    public void Setup()
    {
        for (int tree = 0; tree < Trees; tree++)
        {
            _blocks[tree] = _fleet.NewBlock(tree);
            _naive[tree] = new NaiveWindows();
            _rows[tree] = new WindowPoint[WindowsFleet.ColumnsPerTree];
        }

        for (_tick = 0; _tick < 372; _tick++)
        {
            for (int tree = 0; tree < Trees; tree++)
            {
                _fleet.Fill(tree, _tick, _rows[tree]);
                _blocks[tree].Upsert(_rows[tree], new Timestamp(_rows[tree][0].TimeUnixMs), []);
                _naive[tree].Upsert(_rows[tree]);
            }
        }

        _now = new Timestamp(_rows[0][0].TimeUnixMs);
    }

    [Benchmark]
    public int InsertRow88()
    {
        _now += TimeSpan.FromMilliseconds(WindowsFleet.IntervalMs);
        int taken = 0;
        for (int tree = 0; tree < Trees; tree++)
        {
            taken += _blocks[tree].Upsert(Next(tree), _now, []);
        }

        return taken;
    }

    [Benchmark]
    public void InsertRow88Naive()
    {
        _now += TimeSpan.FromMilliseconds(WindowsFleet.IntervalMs);
        for (int tree = 0; tree < Trees; tree++)
        {
            _naive[tree].Upsert(Next(tree));
        }
    }

    [Benchmark]
    public WindowAggregate Aggregate5Minutes() => _blocks[0].Aggregate(17, _now - TimeSpan.FromSeconds(290), _now);

    [Benchmark]
    public WindowAggregate Aggregate5MinutesNaive() => _naive[0].Aggregate(17, _now - TimeSpan.FromSeconds(290), _now);

    [Benchmark]
    public WindowAggregate Aggregate1Hour() => _blocks[0].Aggregate(17, _now - TimeSpan.FromSeconds(3590), _now);

    [Benchmark]
    public int Copy1Hour() => _blocks[0].Copy(17, _now - TimeSpan.FromSeconds(3590), _now, _times, _values);

    [Benchmark]
    public int Copy1HourNaive() => _naive[0].Copy(17, _now - TimeSpan.FromSeconds(3590), _now, _times, _values);

    [Benchmark]
    public int SaveAndRestore() => WindowBlock.Restore(_blocks[0].Save()).Series.Count;

    private WindowPoint[] Next(int tree)
    {
        WindowPoint[] row = _rows[tree];
        for (int column = 0; column < row.Length; column++)
        {
            row[column] = row[column] with { TimeUnixMs = _now.UnixMs };
        }

        return row;
    }
}
