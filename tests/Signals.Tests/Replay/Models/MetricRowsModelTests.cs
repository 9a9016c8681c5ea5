using System.Text;
using CsCheck;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Replay.Models;

public sealed class MetricRowsModelTests
{
    private static readonly TopologyMap Topology = TopologyReader.Read(Encoding.UTF8.GetBytes(RecordingFolder.Topology));

    // One name for each metric: what two names at one instant mean is a test of its own.
    private static readonly Gen<SimpleMetricRows.Row> Row = Gen.Select(
        Gen.Long[0, 12].Select(t => t * 10),
        OneOf("chat", "chat/assist", "chat/i-1/0", "web:front", "nobody"),
        OneOf("x", "ModelLatency", "vllm:prompt_tokens_total", "latency.p99"),
        Gen.Int[0, 50],
        Gen.Long[0, 20].Nullable(),
        (time, entity, metric, value, arrival) => new SimpleMetricRows.Row(time, entity, metric, value, arrival));

    [Fact]
    public void Read_AnyRowsInAnyOrder_AsTheModelSays() => Row.Array[0, 60].Sample(
        rows =>
        {
            using RecordingFolder folder = new();
            folder.Write("metrics.csv", "time,entity,metric,value,arrival\n" + string.Concat(rows.Select(r => $"{r.Seconds},{r.Entity},{r.Metric},{r.Value},{r.Arrival}\n")));
            Assert.Equal(SimpleMetricRows.Of(rows, Topology), RecordingFolder.Lines(folder.Read().Metrics));
        },
        iter: 300);

    [Fact]
    public void Hash_AnyOrderAndAnyNumberOfFiles_IsTheSame() => Gen.Select(Row.Array[1, 60], Gen.Int, Gen.Bool).Sample(
        (rows, seed, pack) =>
        {
            const string Header = "arrival,time,entity,metric,value\n";
            string[] lines = [.. rows.Select(r => $"{r.Arrival},{r.Seconds},{r.Entity},{r.Metric},{r.Value}\n")];
            using RecordingFolder one = new();
            string first = one.Write("metrics.csv", Header + string.Concat(lines)).Read().Hash;

            new Random(seed).Shuffle(lines);
            using RecordingFolder two = new();
            int half = lines.Length / 2;
            two.Write("metrics-a.csv", Header + string.Concat(lines[..half]));
            string rest = Header + string.Concat(lines[half..]);
            _ = pack ? two.Write("metrics-b.csv.gz", RecordingFolder.Gzip(rest)) : two.Write("metrics-b.csv", rest);
            Assert.Equal(first, two.Read().Hash);
        },
        iter: 150);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
