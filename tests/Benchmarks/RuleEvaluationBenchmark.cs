using BenchmarkDotNet.Attributes;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks;

/// <summary>What a bound rule costs on a closed bucket, over windows of 30 rows that lie in an array.</summary>
[MemoryDiagnoser]
public class RuleEvaluationBenchmark
{
    private const int Rows = 400;
    private static readonly Timestamp Start = Timestamp.Parse("2026-06-01T12:00:00Z");
    private static readonly EntityId Component = EntityId.ForComponent("chat", "assist");
    private static readonly Timestamp Now = Start + TimeSpan.FromSeconds(Rows * 10);

    private BoundRule _simple = null!;
    private BoundRule _twoConditions = null!;
    private BoundRule _percentile = null!;
    private BoundRule _trend = null!;
    private BoundRule[] _defaults = [];

    [GlobalSetup]
    public void Setup()
    {
        _simple = Bind("avg(kv_cache_usage[5m]) > 95%");
        _twoConditions = Bind("avg(kv_cache_usage[5m]) > 95% or (max(queue_depth[5m]) > 1000 and min(kv_cache_usage[1m]) > 50%)");
        _percentile = Bind("p99(kv_cache_usage[5m]) > 95%");
        _trend = Bind("trend(kv_cache_usage[5m]) > 400");
        SeriesIndex index = new(new ArrayReader());
        _defaults = [.. RuleSet.Default.Rules.Where(r => r.Scopes.Contains(RuleScope.Component)).Select(r => new BoundRule(r, new RuleTarget(Component), TopologyMap.Empty, index))];
    }

    [Benchmark(Baseline = true, Description = "avg over 30 rows, compared")]
    public Truth Simple() => _simple.Evaluate(Now).Truth;

    [Benchmark(Description = "two conditions")]
    public Truth TwoConditions() => _twoConditions.Evaluate(Now).Truth;

    [Benchmark(Description = "p99 over 30 rows")]
    public Truth Percentile() => _percentile.Evaluate(Now).Truth;

    [Benchmark(Description = "trend over 30 rows")]
    public Truth Trend() => _trend.Evaluate(Now).Truth;

    [Benchmark(Description = "the default rules of one component")]
    public int Defaults()
    {
        int raised = 0;
        foreach (BoundRule rule in _defaults)
        {
            raised += rule.Evaluate(Now).Truth == Truth.True ? 1 : 0;
        }

        return raised;
    }

    private static BoundRule Bind(string raise)
    {
        RuleSet set = RuleFile.Parse($"version: 1\ngroups: [{{ name: g, rules: [{{ id: r, raise: '{raise}' }}] }}]", "benchmark.yaml", out IReadOnlyList<RuleError> errors);
        return errors.Count == 0 ? new BoundRule(set.Rules[0], Component, TopologyMap.Empty, new ArrayReader()) : throw new InvalidOperationException(errors[0].ToString());
    }

    /// <summary>Full columns, each an array.</summary>
    private sealed class ArrayReader : ISeriesReader
    {
        private static readonly string[] Metrics =
            ["kv_cache_usage", "queue_depth", "requests_running", "requests", "errors_5xx", "latency", "ttft", "preemptions", "generation_tokens_per_second"];

        private readonly double[][] _values = [.. Metrics.Select((_, column) => Enumerable.Range(0, Rows).Select(row => 0.6 + (0.01 * ((row * 7) + column) % 0.05)).ToArray())];

        public TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

        public IReadOnlyList<SeriesKey> Series { get; } = Metrics.Select(m => new SeriesKey(Component, MetricName.Of(m))).ToList();

        public int Find(SeriesKey series) => Series.ToList().IndexOf(series);

        public WindowAggregate Aggregate(int column, Timestamp from, Timestamp to)
        {
            int first = Row(from), last = Row(to);
            double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
            foreach (double value in _values[column].AsSpan(first, last - first + 1))
            {
                sum += value;
                min = value < min ? value : min;
                max = value > max ? value : max;
            }

            return new WindowAggregate(last - first + 1, sum, min, max, _values[column][last], to);
        }

        public int Copy(int column, Timestamp from, Timestamp to, Span<long> timesUnixMs, Span<double> values)
        {
            int first = Row(from), last = Row(to);
            for (int row = first; row <= last; row++)
            {
                timesUnixMs[row - first] = Start.UnixMs + (row * 10_000L);
                values[row - first] = _values[column][row];
            }

            return last - first + 1;
        }

        private static int Row(Timestamp time) => Math.Max(0, (int)((time.UnixMs - Start.UnixMs) / 10_000));
    }
}
