using BenchmarkDotNet.Running;
using Grainwatch.Benchmarks;
using Grainwatch.Benchmarks.Ingest;

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
    case "ingest":
        await IngestBenchmark.RunAsync(args[1..], Console.Out);
        break;
    case "row":
        RowBenchmark.Print(args[1..], Console.Out);
        break;
    case "serve":
        return await FastServer.RunAsync(args[1..]);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(WindowsBenchmarks).Assembly).Run(args);
        break;
}

return 0;
