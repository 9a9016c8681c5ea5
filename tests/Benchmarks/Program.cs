using BenchmarkDotNet.Running;
using Grainwatch.Benchmarks;
using Grainwatch.Benchmarks.Fleet;
using Grainwatch.Benchmarks.Ingest;
using Grainwatch.Benchmarks.Overload;
using Grainwatch.Benchmarks.Scale;
using Grainwatch.Benchmarks.Soak;

// Verbs that print a table of their own; everything else goes to BenchmarkDotNet, for instance: --filter '*Window*'
switch (args.FirstOrDefault())
{
    case "memory":
        WindowsMemory.Print(Console.Out);
        break;
    case "windows":
        WindowsQuick.Print(Console.Out);
        break;
    case "diagnose":
        DiagnoseQuick.Print(Console.Out);
        break;
    case "fleet":
        return await FleetBenchmark.RunAsync(args[1..], Console.Out);
    case "soak":
        return await SoakBenchmark.RunAsync(args[1..], Console.Out);
    case "scale":
        return await ScaleBenchmark.RunAsync(args[1..], Console.Out);
    case "overload":
        return await OverloadBenchmark.RunAsync(args[1..], Console.Out);
    case "ingest":
        await IngestBenchmark.RunAsync(args[1..], Console.Out);
        break;
    case "row":
        RowBenchmark.Print(args[1..], Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(WindowsBenchmarks).Assembly).Run(args);
        break;
}

return 0;
