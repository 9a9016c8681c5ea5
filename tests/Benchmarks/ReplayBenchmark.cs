using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Benchmarks;

/// <summary>
/// A recording of one endpoint with 88 series and two hours of ten-second points: read from its files, and played
/// under the shipped rules. Wanted: a million points a second on one core.
/// </summary>
[MemoryDiagnoser]
public class ReplayBenchmark
{
    private const int Ticks = 720;
    private const int Seed = 20_260_108;
    private const int Points = Ticks * 88;
    private const long StartSeconds = 1_772_000_000;

    private static readonly (string Metric, double Level, double Noise)[] OfComponent =
    [
        ("requests", 400, 40), ("concurrency", 24, 3), ("requests_running", 22, 3), ("queue_depth", 0.4, 0.6), ("kv_cache_usage", 0.55, 0.02),
        ("preemptions", 0, 0), ("generation_tokens_per_second", 900, 40), ("prompt_tokens_per_second", 4000, 200), ("latency.p50", 2.1, 0.05),
        ("latency.p99", 6.4, 0.2), ("ttft.p99", 0.8, 0.05), ("inter_token_latency.p99", 0.05, 0.002), ("errors_5xx", 0, 0), ("errors_4xx", 1, 1),
        ("memory_usage", 0.4, 0.01), ("cpu_utilization", 0.3, 0.03),
    ];

    private static readonly (string Metric, double Level, double Noise)[] OfGpu =
        [("gpu_utilization", 0.7, 0.05), ("gpu_memory_usage", 0.8, 0.002), ("gpu_temperature", 62, 1.5), ("gpu_power", 280, 10), ("ecc_uncorrectable", 0, 0), ("gpu_clock_throttle", 0, 0)];

    private static readonly (string Metric, double Level, double Noise)[] OfOthers = [("requests", 800, 60), ("errors_5xx", 0, 0), ("latency.p50", 2.1, 0.05), ("latency.p99", 6.4, 0.2)];

    private string _folder = "";
    private Recording? _recording;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("grainwatch-replay-").FullName;
        File.WriteAllText(Path.Combine(_folder, "topology.json"), """
            {"endpoints":[{"name":"chat","instances":[{"id":"i-0","gpus":8}],"components":[
              {"name":"assist","gpusPerCopy":4,"copies":[{"id":"0","instance":"i-0","gpus":[0,1,2,3]}]},
              {"name":"draft","gpusPerCopy":4,"copies":[{"id":"0","instance":"i-0","gpus":[4,5,6,7]}]}]}]}
            """);
        File.WriteAllText(Path.Combine(_folder, "metrics.csv"), Rows());
        _recording = RecordingReader.Read(_folder);
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark(OperationsPerInvoke = Points)]
    public int Read() => RecordingReader.Read(_folder).Metrics.Count;

    [Benchmark(OperationsPerInvoke = Points)]
    public int Play() => Replayer.Run(_recording!, RuleSet.Default).Events.Count;

    [Benchmark(OperationsPerInvoke = Points, Baseline = true)]
    public int ReadAndPlay() => Replayer.Run(RecordingReader.Read(_folder), RuleSet.Default).Events.Count;

    private static string Rows()
    {
        Random random = new(Seed);
        List<(string Entity, (string Metric, double Level, double Noise) Of)> series =
        [
            .. OfOthers.Select(m => ("chat", m)),
            .. OfComponent.Select(m => ("chat/assist", m)),
            .. OfComponent.Select(m => ("chat/draft", m)),
            .. OfOthers.Select(m => ("chat/i-0", m)),
            .. Enumerable.Range(0, 8).SelectMany(g => OfGpu.Select(m => ($"chat/i-0/{g}", m))),
        ];
        StringBuilder rows = new("time,entity,metric,value\n");
        for (int tick = 0; tick < Ticks; tick++)
        {
            foreach ((string entity, (string metric, double level, double noise)) in series)
            {
                double value = Math.Max(0, level + (noise * ((2 * random.NextDouble()) - 1)));
                rows.Append(CultureInfo.InvariantCulture, $"{StartSeconds + (10 * tick)},{entity},{metric},{value:F3}\n");
            }
        }

        return rows.ToString();
    }
}
