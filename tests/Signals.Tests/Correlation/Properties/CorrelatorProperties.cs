using System.Text;
using CsCheck;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Tests.Correlation.Patterns;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Correlation.Properties;

public sealed class CorrelatorProperties
{
    private static readonly long Steps = long.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out long steps) ? steps : 20;

    [Fact]
    public void Diagnose_AnyOrderOfSeries_SameBytes() => Gen.Int[1, 1000].Select(Gen.Int[0, 5]).Sample(
        (seed, kind) =>
        {
            SyntheticIncident incident = Kind(new SyntheticIncident(seed), kind);
            SeriesData[] series = [.. incident.Series(5300)];
            string straight = Bytes(series);
            new Random(seed).Shuffle(series);
            return straight == Bytes(series);
        },
        iter: Steps);

    [Fact]
    public void Diagnose_AnyIncident_KeepsTheContract() => Gen.Int[1, 1000].Select(Gen.Int[0, 5], Gen.Int[1, 8]).Sample(
        (seed, kind, top) =>
        {
            Diagnosis? d = Diagnose(Kind(new SyntheticIncident(seed), kind).Series(5300), top);
            return d is null || (d.Causes.Count <= top
                && d.Causes.All(c => c.Score is >= 0 and <= 1 && c.Evidence.Count > 0)
                && d.Causes.Select(c => c.Rank).SequenceEqual(Enumerable.Range(1, d.Causes.Count))
                && d.Causes.Zip(d.Causes.Skip(1)).All(p => p.First.Score >= p.Second.Score)
                && d.Title.Length is > 0 and <= 100
                && d.Coverage is >= 0 and <= 1);
        },
        iter: Steps);

    /// <summary>Garbage in gaps, spikes and constants: any answer will do, but there is one.</summary>
    [Fact]
    public void Diagnose_RandomSeries_NeverThrows() => Gen.Int[0, 40].Array[0, 12].Select(Gen.Int[0, 100_000]).Sample(
        (lengths, seed) =>
        {
            Random random = new(seed);
            string[] metrics = [.. MetricCatalogue.Default.Definitions.Select(m => m.Name)];
            EntityId[] entities = [.. SyntheticIncident.Topology.Entities];
            List<SeriesData> series = [];
            HashSet<SeriesKey> keys = [];
            foreach (int length in lengths)
            {
                SeriesKey key = new(entities[random.Next(entities.Length)], MetricName.Of(metrics[random.Next(metrics.Length)]));
                if (keys.Add(key))
                {
                    long time = SyntheticIncident.Start.UnixMs;
                    long[] times = [.. Enumerable.Range(0, length).Select(_ => time += 1 + random.Next(400_000))];
                    series.Add(new SeriesData(key, times, [.. times.Select(_ => random.Next(4) == 0 ? 0 : Math.Exp(20 * random.NextDouble() - 10))]));
                }
            }

            Diagnosis? d = Diagnose(series, 3);
            return d is null || d.Causes.All(c => !double.IsNaN(c.Score));
        },
        iter: 20 * Steps);

    private static SyntheticIncident Kind(SyntheticIncident incident, int kind) => kind switch
    {
        0 => incident,
        1 => incident.Level(SyntheticIncident.Assist, "kv_cache_usage", 0.99).Level(SyntheticIncident.Assist, "queue_depth", 20),
        2 => incident.Level(SyntheticIncident.Assist, "integrity", 0.5),
        3 => incident.Event(SyntheticIncident.Gpu(0), "xid_errors", 5000, 79).Level(SyntheticIncident.Assist, "errors_5xx", 9),
        4 => incident.Times(SyntheticIncident.Assist, "latency.p99", 3),
        _ => incident.Times(SyntheticIncident.Assist, "requests", 2),
    };

    private static string Bytes(IReadOnlyList<SeriesData> series) => Diagnose(series, 10) is { } d
        ? Encoding.UTF8.GetString(DiagnosisJson.Write(d, SyntheticIncident.Topology, SyntheticIncident.At(5180))) + d.Title + d.Summary
        : "";

    private static Diagnosis? Diagnose(IReadOnlyList<SeriesData> series, int top) => Correlator.Diagnose(new DiagnosisRequest(
        SyntheticIncident.Topology, series, SyntheticIncident.Endpoint, null, SyntheticIncident.At(5180), [], top, CorrelatorOptions.Default));
}
