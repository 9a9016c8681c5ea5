using Grainwatch.Signals.Replay;

namespace Grainwatch.Signals.Tests.Replay;

public sealed class RecordingReaderProblemTests
{
    [Fact]
    public void Read_NoFolder_Throws()
    {
        RecordingException error = Assert.Throws<RecordingException>(() => RecordingReader.Read("/nowhere/at/all"));
        Assert.Contains("no such folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "needs a topology.json")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "must be Object")]
    [InlineData("""{"endpoints":[{"name":"\ud800"}]}""", "not valid Unicode")]
    [InlineData("""{"endpoints":[{"name":"a"},{"name":"a"}]}""", "defined twice")]
    public void Read_UnusableTopology_Throws(string? topology, string reason)
    {
        using RecordingFolder folder = new(topology);
        RecordingException error = Assert.Throws<RecordingException>(() => folder.Read());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10,chat,x", "fewer fields")]
    [InlineData("10,\"chat,x,1", "fewer fields")]
    [InlineData("now,chat,x,1", "the time is neither")]
    [InlineData("99999999999999,chat,x,1", "the time is neither")]
    [InlineData(",chat,x,1", "the time is neither")]
    [InlineData("10,chat,x,one", "the value is no number")]
    [InlineData("10,chat,x,1e999", "the value is infinite")]
    [InlineData("10,chat/i-1/0,DCGM_FI_DEV_FB_FREE,1e308", "the value is infinite")]
    [InlineData("10,,x,1", "no entity")]
    [InlineData("10,chat,,1", "no metric")]
    [InlineData("10,tchat,x,1", "entity 'tchat' is not in topology.json")]
    [InlineData("10,chat\0,x,1", "is not in topology.json")]
    public void Read_BadRow_LineAndReasonAndTheRestIsKept(string row, string reason)
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat,y,1", row, "20,chat,y,2");

        Recording recording = folder.Read();

        RecordingProblem problem = Assert.Single(recording.Problems);
        Assert.Equal(("metrics.csv", 3), (problem.File, problem.Line));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal(["10 chat y 1", "20 chat y 2"], RecordingFolder.Lines(recording.Metrics));
    }

    [Fact]
    public void Read_ManyRowsOfOneUnknownEntity_OneProblemAndTheirCount()
    {
        using RecordingFolder folder = new();
        folder.Metrics([.. Enumerable.Range(0, 50).Select(i => $"{i},nobody,x,1")]);

        Recording recording = folder.Read();

        Assert.Single(recording.Problems);
        Assert.Equal(50, recording.ProblemCount);
    }

    [Fact]
    public void Read_ManyProblems_FirstOnesAreKeptAllAreCounted()
    {
        using RecordingFolder folder = new();
        folder.Metrics([.. Enumerable.Range(0, 500).Select(i => $"{i},chat,x,no")]);

        Recording recording = folder.Read();

        Assert.Equal(RecordingLimits.Default.Problems, recording.Problems.Count);
        Assert.Equal(500, recording.ProblemCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("time,entity,value\n1,chat,2\n")]
    [InlineData("1,chat,x,2\n")]
    public void Read_NoHeader_IsReportedOrEmpty(string text)
    {
        using RecordingFolder folder = new();
        folder.Write("metrics.csv", text);

        Recording recording = folder.Read();

        Assert.Equal(0, recording.Metrics.Count);
        Assert.Equal(text.Length == 0 ? 0 : 1, recording.ProblemCount);
    }

    [Fact]
    public void Read_GzipCutShort_KeepsWholeRowsAndSaysSo()
    {
        string rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i * 10},chat,x,{(i * 7919) % 1000}\n"));
        byte[] packed = RecordingFolder.Gzip("time,entity,metric,value\n" + rows);
        using RecordingFolder folder = new();
        folder.Write("metrics.csv.gz", packed[..(packed.Length / 2)]);

        Recording recording = folder.Read();

        Assert.InRange(recording.Metrics.Count, 1, 19_999);
        Assert.Contains(recording.Problems, p => p.Reason.Contains("end early", StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, recording.Metrics.Count), i => Assert.Equal(i * 7919 % 1000, recording.Metrics.Values[i]));
    }

    [Fact]
    public void Read_NoGzipAtAll_SaysSo()
    {
        using RecordingFolder folder = new();
        folder.Write("metrics.csv.gz", "time,entity,metric,value\n10,chat,x,1\n");

        Assert.Contains("damaged", Assert.Single(folder.Read().Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Bomb_StopsAtTheLimit()
    {
        using RecordingFolder folder = new();
        folder.Write("metrics.csv.gz", RecordingFolder.Gzip(new byte[8 << 20]));

        Recording recording = folder.Read(RecordingLimits.Default with { FileBytes = 1 << 20 });

        Assert.Contains(recording.Problems, p => p.Reason.Contains("longer than 1048576 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_LongLine_IsSkippedAndTheNextOneRead()
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat,x,1", new string('9', 300_000), "20,chat,x,2");

        Recording recording = folder.Read(RecordingLimits.Default with { CsvLineBytes = 1_000 });

        Assert.Equal("metrics.csv:3: longer than 1000 bytes", Assert.Single(recording.Problems).ToString());
        Assert.Equal(2, recording.Metrics.Count);
    }

    [Fact]
    public void Read_MoreThanTheLimits_KeepsWhatCameBefore()
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat,x,1", "20,chat,x,2", "30,chat,x,3")
            .Write("scores.csv", "time,entity,dimension,score,probability\n10,chat,safety,1,1\n20,chat,safety,1,1\n")
            .Write("samples.jsonl", "{\"id\":\"a\",\"time\":1,\"endpoint\":\"chat\",\"response\":\"\"}\n{\"id\":\"b\",\"time\":1,\"endpoint\":\"chat\",\"response\":\"\"}\n");

        Recording recording = folder.Read(RecordingLimits.Default with { MetricRows = 2, Scores = 1, Samples = 1 });

        Assert.Equal((2, 1, 1), (recording.Metrics.Count, recording.Scores.Count, recording.Samples.Count));
        Assert.Equal(["metrics.csv", "samples.jsonl", "scores.csv"], recording.Problems.Select(p => p.File));
    }

    [Theory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{} {}", "not JSON at byte 4")]
    [InlineData("""{"time":1,"endpoint":"chat","response":""}""", "id ")]
    [InlineData("""{"id":"a","time":true,"endpoint":"chat","response":""}""", "time ")]
    [InlineData("""{"id":"a","time":1e300,"endpoint":"chat","response":""}""", "time ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"other","response":""}""", "endpoint ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","component":"other","response":""}""", "component ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","component":5,"response":""}""", "component ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat"}""", "response ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","response":"","prompt":[]}""", "prompt ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","response":"","outputTokens":-1}""", "outputTokens ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","response":"","outputTokens":1e99}""", "outputTokens ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","response":"","latencyMs":"fast"}""", "latencyMs ")]
    [InlineData("""{"id":"a","time":1,"endpoint":"chat","response":"\ud800"}""", "no Unicode")]
    public void Read_BadSample_LineAndReason(string line, string reason)
    {
        using RecordingFolder folder = new();
        folder.Write("samples.jsonl", "\n" + line + "\n");

        RecordingProblem problem = Assert.Single(folder.Read().Problems);

        Assert.Equal(2, problem.Line);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,chat,safety,1,1", "the time")]
    [InlineData("1,nobody,safety,1,1", "the entity")]
    [InlineData("1,chat,,1,1", "the dimension")]
    [InlineData("1,chat,safety,1.5,1", "the score")]
    [InlineData("1,chat,safety,NaN,1", "the score")]
    [InlineData("1,chat,safety,1,0", "the probability")]
    [InlineData("1,chat,safety,1,NaN", "the probability")]
    [InlineData("1,chat,safety,1", "fewer fields")]
    public void Read_BadScore_LineAndReason(string row, string reason)
    {
        using RecordingFolder folder = new();
        folder.Write("scores.csv", "time,entity,dimension,score,probability\n" + row + "\n");

        RecordingProblem problem = Assert.Single(folder.Read().Problems);

        Assert.Equal(2, problem.Line);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }
}
