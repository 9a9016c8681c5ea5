using System.Runtime.InteropServices;
using Grainwatch.Signals;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks;

/// <summary>Bytes a series with one hour of 10-s points, measured as the growth of the live heap.</summary>
internal static class WindowsMemory
{
    private const int Trees = 500;
    private const int Ticks = 372;

    public static void Print(TextWriter output)
    {
        output.WriteLine($"{Environment.ProcessorCount} cores ({RuntimeInformation.OSArchitecture}), .NET {Environment.Version}, "
            + $"{Trees} trees x {WindowsFleet.ColumnsPerTree} series, {Ticks} ticks");
        output.WriteLine();
        output.WriteLine("| windows | live heap, B a series | without keys and index | B a point |");
        output.WriteLine("|---|---|---|---|");

        int series = Trees * WindowsFleet.ColumnsPerTree;
        WindowsFleet fleet = new(Trees);
        long before = Live();
        WindowBlock[] blocks = [.. Enumerable.Range(0, Trees).Select(fleet.NewBlock)];
        Feed(fleet, (tree, row) => blocks[tree].Upsert(row, new Timestamp(row[0].TimeUnixMs), []));
        double heap = (double)(Live() - before) / series;
        double data = blocks.Sum(b => (double)b.DataBytes) / series;
        output.WriteLine($"| block: head, open rows and 12 pages | {heap:#,0} | {data:#,0} | {data / (Ticks - 1):0.00} |");
        GC.KeepAlive(blocks);
        blocks = [];

        fleet = new WindowsFleet(Trees);
        before = Live();
        NaiveWindows[] naive = [.. Enumerable.Range(0, Trees).Select(_ => new NaiveWindows())];
        Feed(fleet, (tree, row) => naive[tree].Upsert(row));
        double dictionaries = (double)(Live() - before) / series;
        output.WriteLine($"| a Dictionary<long, double> for each series | {dictionaries:#,0} | {dictionaries:#,0} | {dictionaries / 360:0.00} |");
        output.WriteLine($"| ratio | {heap / dictionaries:0.00} | {data / dictionaries:0.00} | |");
        GC.KeepAlive(naive);
    }

    private static void Feed(WindowsFleet fleet, Action<int, WindowPoint[]> write)
    {
        WindowPoint[] row = new WindowPoint[WindowsFleet.ColumnsPerTree];
        for (long tick = 0; tick < Ticks; tick++)
        {
            for (int tree = 0; tree < Trees; tree++)
            {
                fleet.Fill(tree, tick, row);
                write(tree, row);
            }
        }
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
