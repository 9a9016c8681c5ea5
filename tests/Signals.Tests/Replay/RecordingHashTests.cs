namespace Grainwatch.Signals.Tests.Replay;

public sealed class RecordingHashTests
{
    private const string Sample = """{"id":"a","time":1,"endpoint":"chat","response":"r"}""";
    private const string Scores = "time,entity,dimension,score,probability\n1,chat,safety,1,1\n";

    [Theory]
    [InlineData("10,chat,x,2", Sample, Scores, null)]
    [InlineData("11,chat,x,1", Sample, Scores, null)]
    [InlineData("10,chat,y,1", Sample, Scores, null)]
    [InlineData("10,chat/assist,x,1", Sample, Scores, null)]
    [InlineData("10,chat,x,1", """{"id":"a","time":1,"endpoint":"chat","response":"r","prompt":"p"}""", Scores, null)]
    [InlineData("10,chat,x,1", """{"id":"a","time":1,"endpoint":"chat","response":"r","context":""}""", Scores, null)]
    [InlineData("10,chat,x,1", Sample, "time,entity,dimension,score,probability\n1,chat,safety,,1\n", null)]
    [InlineData("10,chat,x,1", Sample, Scores, """{"endpoints":[{"name":"chat","instances":[{"id":"i-1","gpus":2}],"components":[{"name":"assist"}]}]}""")]
    public void Hash_AnyDifferenceInContent_Changes(string row, string sample, string scores, string? topology)
    {
        using RecordingFolder folder = new();
        using RecordingFolder other = new(topology ?? RecordingFolder.Topology);
        string hash = folder.Metrics("10,chat,x,1").Write("samples.jsonl", Sample).Write("scores.csv", Scores).Read().Hash;

        Assert.NotEqual(hash, other.Metrics(row).Write("samples.jsonl", sample).Write("scores.csv", scores).Read().Hash);
    }

    [Fact]
    public void Hash_SpellingOfNumbersTimesAndTopology_DoesNotMatter()
    {
        using RecordingFolder folder = new();
        using RecordingFolder other = new("\uFEFF" + RecordingFolder.Topology.Replace(",", " ,\n", StringComparison.Ordinal));

        Assert.Equal(folder.Metrics("10,chat,x,1").Read().Hash, other.Metrics("1970-01-01T00:00:10Z,chat,x,1.0e0").Read().Hash);
    }
}
