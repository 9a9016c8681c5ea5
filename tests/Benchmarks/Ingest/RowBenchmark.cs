using System.Diagnostics;
using System.Globalization;
using Grainwatch.Benchmarks.Load;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks.Ingest;

/// <summary>
/// What a row of an endpoint costs in the core, without grains, doors and store: 88 points written, the shipped rules judged,
/// the verdicts folded. Endpoints take turns, so that each finds the caches cold, as in a process that serves many.
/// </summary>
internal static class RowBenchmark
{
    private const int Settling = 400;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Beginning = Timestamp.Parse("2026-01-01T00:00:00Z");

    /// <param name="given">--endpoints E (repeatable) --ticks N</param>
    /// <param name="output">Takes the table.</param>
    public static void Print(string[] given, TextWriter output)
    {
        Arguments arguments = new(given);
        int ticks = arguments.Number("--ticks", 120);
        output.WriteLine("| endpoints | write, us | judge, us | fold, us | tick, us | together, s/M | allocated B a row | live KB an endpoint |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (int endpoints in arguments.Numbers("--endpoints", 1, 100, 1000))
        {
            output.WriteLine(Measure(endpoints, ticks));
        }
    }

    private static string Measure(int endpoints, int ticks)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Subject[] subjects = [.. Enumerable.Range(0, endpoints).Select(i => new Subject(i))];
        Timestamp now = Beginning;
        for (int t = 0; t < Settling; t++, now += Interval)
        {
            Row(subjects, now, null);
        }

        long[] spent = new long[4];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 0; t < ticks; t++, now += Interval)
        {
            Row(subjects, now, spent);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        long live = GC.GetTotalMemory(forceFullCollection: true) - before;
        double rows = (double)endpoints * ticks;
        double[] us = [.. spent.Select(s => s * 1e6 / Stopwatch.Frequency / rows)];
        GC.KeepAlive(subjects);
        return string.Create(CultureInfo.InvariantCulture, $"| {endpoints} | {us[0]:0.0} | {us[1]:0.0} | {us[2]:0.0} | {us[3]:0.0} | {us.Sum() / FleetBodies.SeriesOfEndpoint:0.000} | {allocated / rows:0} | {live / 1024.0 / endpoints:0} |");
    }

    private static void Row(Subject[] subjects, Timestamp bucket, long[]? spent)
    {
        foreach (Subject subject in subjects)
        {
            long start = Stopwatch.GetTimestamp();
            subject.Write(bucket);
            long written = Stopwatch.GetTimestamp();
            IReadOnlyList<Verdict> verdicts = subject.Monitor.Judge(bucket + Interval);
            long judged = Stopwatch.GetTimestamp();
            if (verdicts.Count > 0)
            {
                subject.Desk.Fold(verdicts, bucket + Interval);
            }

            long folded = Stopwatch.GetTimestamp();
            if (verdicts.Count > 0)
            {
                subject.Desk.Tick(bucket + Interval);
            }

            if (spent is not null)
            {
                spent[0] += written - start;
                spent[1] += judged - written;
                spent[2] += folded - judged;
                spent[3] += Stopwatch.GetTimestamp() - folded;
            }
        }
    }

    private sealed class Subject
    {
        private readonly (int Column, SeriesShape Shape)[] _series;
        private readonly WindowPoint[] _points;

        public Subject(int index)
        {
            string name = $"fleet-{index:0000}";
            Monitor = new EndpointMonitor(EntityId.ForEndpoint(name), RuleSet.Default, MonitorOptions.Default, VerdictEpoch.Single);
            _series = [.. Series(name).Select(s => (Monitor.Column(new SeriesKey(s.Entity, MetricCatalogue.Default.Resolve(s.Shape.Name).Metric, LabelSet.Empty)), s.Shape))];
            _points = new WindowPoint[_series.Length];
            AlertContext context = AlertContextFactory.Create(name, RuleSet.Default, Monitor.Topology, Interval, "benchmark");
            Monitor.Write(_series[0].Column, Beginning, _series[0].Shape.Level, Beginning);
            Desk = new IncidentDesk(EndpointAlertsState.Empty(name), context, CorrelatorOptions.Default);
        }

        public EndpointMonitor Monitor { get; }

        public IncidentDesk Desk { get; }

        public void Write(Timestamp bucket)
        {
            for (int i = 0; i < _series.Length; i++)
            {
                (int column, SeriesShape shape) = _series[i];
                _points[i] = new WindowPoint(column, bucket.UnixMs, shape.At(i, bucket.UnixMs / FleetBodies.IntervalMs));
            }

            Monitor.Block.Upsert(_points, bucket + Interval, []);
        }

        private static IEnumerable<(EntityId Entity, SeriesShape Shape)> Series(string endpoint) => Enumerable.Range(0, 2).SelectMany(component =>
            SeriesShape.OfComponent.Select(shape => (EntityId.ForComponent(endpoint, $"model-{component}"), shape)).Concat(
                Enumerable.Range(8 * component, 8).SelectMany(gpu =>
                    SeriesShape.OfGpu.Select(shape => (EntityId.ForGpu(endpoint, "i-0", $"{gpu}"), shape)))));
    }
}
