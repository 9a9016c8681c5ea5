using BenchmarkDotNet.Attributes;
using Grainwatch.Signals;
using Grainwatch.Signals.Drift;

namespace Grainwatch.Benchmarks;

/// <summary>One point through the anomaly detector, once its past is full: a daily wave with noise, five minutes apart.</summary>
[MemoryDiagnoser]
public class DetectBenchmark
{
    private const int Points = 4_096;
    private const int WarmUp = 2_500;
    private const int Seed = 20_260_107;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly double[] _values = new double[Points];
    private AnomalyDetector _detector = new();
    private Timestamp _now = new(1_760_000_000_000);

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(Seed);
        for (int i = 0; i < Points; i++)
        {
            _values[i] = 40 + (10 * Math.Sin(i * Math.Tau / 288)) + (4 * (random.NextDouble() + random.NextDouble() - 1));
        }

        _detector = new AnomalyDetector();
        for (int i = 0; i < WarmUp; i++)
        {
            _now += Step;
            _detector.Score(_now, _values[i]);
        }
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public double Score()
    {
        double most = 0;
        foreach (double value in _values)
        {
            _now += Step;
            most = Math.Max(most, _detector.Score(_now, value));
        }

        return most;
    }
}
