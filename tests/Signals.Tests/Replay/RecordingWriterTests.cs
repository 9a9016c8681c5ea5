using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Replay;

public sealed class RecordingWriterTests
{
    private static readonly EntityId Assist = EntityId.ForComponent("chat", "assist");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_ThenRead_SameContent(bool compress)
    {
        using RecordingFolder folder = new();
        ResponseSample[] samples =
        [
            new("a", new Timestamp(1_500), Assist, "line\nbreak \"quoted\" é 日本", "", "c", "f", "length", 1, 2, 3.25),
            new("b", new Timestamp(2_000), EntityId.ForEndpoint("chat"), "", "r"),
        ];
        QualityScore[] scores = [new(new Timestamp(1_234), Assist, "odd, \"name\"", null, 0.1, "s", "j"), new(new Timestamp(2_000), Assist, "safety", 0.1, 1)];

        Write(folder.Path, compress, samples, scores);
        Recording recording = folder.Read();

        Assert.Empty(recording.Problems);
        Assert.Equal(samples, recording.Samples);
        Assert.Equal(scores, recording.Scores);
        Assert.Equal(["1.5 chat/assist requests 3", "2 web:front a, \"b\" 0.1"], RecordingFolder.Lines(recording.Metrics));
        Assert.Equal([9_000, 2_000], recording.Metrics.KnownAtUnixMs.ToArray());
    }

    [Fact]
    public void Write_Twice_SameBytes()
    {
        using RecordingFolder one = new();
        using RecordingFolder two = new();
        Write(one.Path, compress: true, [new("a", default, Assist, "p", "r")], [new(default, Assist, "safety", 1, 1)]);
        Write(two.Path, compress: true, [new("a", default, Assist, "p", "r")], [new(default, Assist, "safety", 1, 1)]);

        foreach (string file in Directory.EnumerateFiles(one.Path).Select(f => Path.GetFileName(f)))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(one.Path, file)), File.ReadAllBytes(Path.Combine(two.Path, file)));
        }
    }

    [Fact]
    public void WriteMetrics_NoRows_HeaderOnly()
    {
        using RecordingFolder folder = new();
        new RecordingWriter(folder.Path, compress: false).WriteMetrics([]);
        Assert.Equal("time,entity,metric,value\n", File.ReadAllText(Path.Combine(folder.Path, "metrics.csv")));
    }

    private static void Write(string path, bool compress, ResponseSample[] samples, QualityScore[] scores)
    {
        RecordingWriter writer = new(path, compress);
        writer.WriteMetrics(
        [
            new MetricRow(new Timestamp(1_500), "chat/assist", "Invocations", 3, new Timestamp(9_000)),
            new MetricRow(new Timestamp(2_000), "web:front", "a, \"b\"", 0.1),
        ]);
        writer.WriteSamples(samples);
        writer.WriteScores(scores);
    }
}
