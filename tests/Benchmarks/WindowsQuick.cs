using System.Runtime.InteropServices;
using Grainwatch.Signals;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks;

/// <summary>
/// The figures of <see cref="WindowsBenchmarks"/> in seconds rather than minutes, over many trees so that caches are as
/// cold as in a fleet: the block and the dictionaries in turns, the median of the rounds.
/// </summary>
internal static class WindowsQuick
{
    private const int Trees = 400;
    private const int Rounds = 7;
    private const int Ticks = 372;

    public static void Print(TextWriter output)
    {
        WindowsFleet fleet = new(Trees);
        WindowBlock[] blocks = [.. Enumerable.Range(0, Trees).Select(fleet.NewBlock)];
        NaiveWindows[] naive = [.. Enumerable.Range(0, Trees).Select(_ => new NaiveWindows())];
        WindowPoint[] row = new WindowPoint[WindowsFleet.ColumnsPerTree];
        long tick = 0;
        for (; tick < Ticks; tick++)
        {
            for (int tree = 0; tree < Trees; tree++)
            {
                fleet.Fill(tree, tick, row);
                blocks[tree].Upsert(row, new Timestamp(row[0].TimeUnixMs), []);
                naive[tree].Upsert(row);
            }
        }

        Timestamp now = new(row[0].TimeUnixMs);
        output.WriteLine($"{Environment.ProcessorCount} cores ({RuntimeInformation.OSArchitecture}), .NET {Environment.Version}, "
            + $"TieredCompilation off, processor time, {Trees} trees x {WindowsFleet.ColumnsPerTree} series, 1 h of 10-s points, median of {Rounds} rounds");
        output.WriteLine();
        output.WriteLine("| step | block | dictionaries | ratio |");
        output.WriteLine("|---|---|---|---|");
        Insert(output, fleet, blocks, naive, tick);
        now += TimeSpan.FromMilliseconds(Rounds * PassesPerRound * WindowsFleet.IntervalMs);

        Timestamp fiveMinutes = now - TimeSpan.FromSeconds(290);
        Timestamp hour = now - TimeSpan.FromSeconds(3590);
        long[] times = new long[400];
        double[] values = new double[400];
        Read(output, "avg, min, max, last over 5 min, one series, caches warm",
            (_, column) => blocks[0].Aggregate(column, fiveMinutes, now).Sum,
            (_, column) => naive[0].Aggregate(column, fiveMinutes, now).Sum);
        Read(output, "the same, one block after the other",
            (tree, column) => blocks[tree].Aggregate(column, fiveMinutes, now).Sum,
            (tree, column) => naive[tree].Aggregate(column, fiveMinutes, now).Sum);
        Read(output, "over 1 h, one block after the other",
            (tree, column) => blocks[tree].Aggregate(column, hour, now).Sum,
            (tree, column) => naive[tree].Aggregate(column, hour, now).Sum);
        Read(output, "copy of 1 h, one block after the other",
            (tree, column) => blocks[tree].Copy(column, hour, now, times, values),
            (tree, column) => naive[tree].Copy(column, hour, now, times, values));
    }

    // Thirty rows, so that every round seals one page of every block.
    private const int PassesPerRound = 30;

    private static void Insert(TextWriter output, WindowsFleet fleet, WindowBlock[] blocks, NaiveWindows[] naive, long tick)
    {
        WindowPoint[][] rows = [.. Enumerable.Range(0, Trees * PassesPerRound).Select(_ => new WindowPoint[WindowsFleet.ColumnsPerTree])];
        List<double> block = [];
        List<double> dictionary = [];
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                fleet.Fill(i % Trees, tick + (i / Trees), rows[i]);
            }

            tick += PassesPerRound;
            long before = GC.GetAllocatedBytesForCurrentThread();
            block.Add(Time(() =>
            {
                for (int i = 0; i < rows.Length; i++)
                {
                    blocks[i % Trees].Upsert(rows[i], new Timestamp(rows[i][0].TimeUnixMs), []);
                }
            }));
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            dictionary.Add(Time(() =>
            {
                for (int i = 0; i < rows.Length; i++)
                {
                    naive[i % Trees].Upsert(rows[i]);
                }
            }));
        }

        Line(output, $"upsert of a row of {WindowsFleet.ColumnsPerTree}, sealing included", block, dictionary, rows.Length);
        double bytes = (double)allocated / Rounds / rows.Length;
        output.WriteLine($"| allocated in it, bytes (arrays of pages that outgrew the expired one) | {bytes:0.0} | | |");
    }

    private static void Read(TextWriter output, string name, Func<int, int, double> block, Func<int, int, double> dictionary)
    {
        List<double> first = [];
        List<double> second = [];
        for (int round = 0; round < Rounds; round++)
        {
            first.Add(Time(() => All(block)));
            second.Add(Time(() => All(dictionary)));
        }

        Line(output, name, first, second, Trees * WindowsFleet.ColumnsPerTree);
    }

    private static double All(Func<int, int, double> read)
    {
        double sum = 0;
        for (int tree = 0; tree < Trees; tree++)
        {
            for (int column = 0; column < WindowsFleet.ColumnsPerTree; column++)
            {
                sum += read(tree, column);
            }
        }

        return sum;
    }

    private static double Time(Action action)
    {
        // Processor time, not the clock on the wall: the machine may have other work.
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds;
    }

    private static void Line(TextWriter output, string name, List<double> block, List<double> dictionary, int count)
    {
        double first = Median(block) / count;
        double second = Median(dictionary) / count;
        output.WriteLine($"| {name} | {first:#,0} ns | {second:#,0} ns | {first / second:0.00} |");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
