using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Replay;

public sealed class RecordingReaderTests
{
    [Fact]
    public void Read_EveryKindOfEntity_RowsInCanonicalOrder()
    {
        using RecordingFolder folder = new();
        folder.Metrics("20,chat/i-1/1,gpu_power,2", "10,web:front,depth,1", "10,chat/i-1,cpu,3", "10,chat,x,4", "10,chat/assist,y,5", "10,chat/c:assist/0,z,6");

        Recording recording = folder.Read();

        Assert.Empty(recording.Problems);
        Assert.Equal(
            ["10 chat x 4", "10 chat/assist y 5", "10 chat/assist/0 z 6", "10 chat/i-1 cpu 3", "10 web:front depth 1", "20 chat/i-1/1 gpu_power 2"],
            RecordingFolder.Lines(recording.Metrics));
    }

    [Fact]
    public void Read_NamesOfSources_CanonicalNamesAndUnits()
    {
        using RecordingFolder folder = new();
        folder.Metrics(
            "10,chat/assist,ModelLatency.p99,1500000", "10,chat/assist,KVCacheUtilization,40", "10,chat/i-1/0,DCGM_FI_DEV_FB_FREE,2",
            "10,chat/assist,TimeToFirstToken.Average,250", "10,chat,my_metric,7");

        Assert.Equal(
            ["10 chat my_metric 7", "10 chat/assist kv_cache_usage 0.4", "10 chat/assist latency.p99 1.5", "10 chat/assist ttft.average 0.25", "10 chat/i-1/0 gpu_memory_free 2097152"],
            RecordingFolder.Lines(folder.Read().Metrics));
    }

    [Fact]
    public void Read_RunningTotals_BecomeIncreasesInTimeOrder()
    {
        using RecordingFolder folder = new();
        folder.Metrics(
            "30,chat/assist,vllm:prompt_tokens_total,4", "10,chat/assist,vllm:prompt_tokens_total,100", "20,chat/assist,vllm:prompt_tokens_total,130",
            "40,chat/assist,vllm:prompt_tokens_total,10");

        // The first value is only the base, and the fall at 30 is a restart of the source.
        Assert.Equal(
            ["20 chat/assist prompt_tokens 30", "30 chat/assist prompt_tokens 4", "40 chat/assist prompt_tokens 6"],
            RecordingFolder.Lines(folder.Read().Metrics));
    }

    [Fact]
    public void Read_TwoValuesWithoutArrival_LargerIsUsedAndReported()
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat,x,4", "10,chat,x,9", "10,chat,x,1");

        Recording recording = folder.Read();

        Assert.Equal(["10 chat x 9"], RecordingFolder.Lines(recording.Metrics));
        Assert.Equal(2, recording.ProblemCount);
        Assert.Equal("metrics: chat:x has the values 4 and 9 at 1970-01-01T00:00:10.000Z; the larger is used", recording.Problems[1].ToString());
    }

    [Fact]
    public void Read_SameRowTwice_IsNoConflict()
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat,x,4", "10,chat,x,4").Write("metrics-2.csv", "time,entity,metric,value\n10,chat,x,4.0\n");

        Recording recording = folder.Read();

        Assert.Equal(["10 chat x 4"], RecordingFolder.Lines(recording.Metrics));
        Assert.Equal(0, recording.ProblemCount);
    }

    [Fact]
    public void Read_TwoNamesOfOneMetric_LargerIsUsedAndReported()
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat/i-1/0,GPUUtilization,40", "10,chat/i-1/0,DCGM_FI_DEV_GPU_UTIL,60", "20,chat/i-1/0,GPUUtilization,50");

        Recording recording = folder.Read();

        Assert.Equal(["10 chat/i-1/0 gpu_utilization 0.6", "20 chat/i-1/0 gpu_utilization 0.5"], RecordingFolder.Lines(recording.Metrics));
        Assert.Equal(1, recording.ProblemCount);
    }

    [Fact]
    public void Read_Arrivals_CorrectionsInArrivalOrder()
    {
        using RecordingFolder folder = new();
        folder.Write("metrics.csv", "time,entity,metric,value,arrival\n10,chat,x,7,50\n10,chat,x,4,20\n20,chat,x,1,\n");

        MetricRows rows = folder.Read().Metrics;

        Assert.Equal(["10 chat x 4", "10 chat x 7", "20 chat x 1"], RecordingFolder.Lines(rows));
        Assert.Equal([20_000, 50_000, 20_000], rows.KnownAtUnixMs.ToArray());
        Assert.Equal([7, 1], rows.BySeries()[0].Values);
    }

    [Fact]
    public void Read_OtherColumnOrderAndQuotes_SameRows()
    {
        using RecordingFolder folder = new();
        folder.Write("metrics.csv", "\uFEFFValue,note,\"Metric\",Time,Entity\r\n5,\"a, \"\"b\"\"\",x,10,chat\r\n6,,\"y\",10,\"chat\"\r\n");

        Recording recording = folder.Read();

        Assert.Empty(recording.Problems);
        Assert.Equal(["10 chat x 5", "10 chat y 6"], RecordingFolder.Lines(recording.Metrics));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:10Z")]
    [InlineData("1970-01-01 00:00:10.000Z")]
    [InlineData("1970-01-01T02:00:10+02:00")]
    [InlineData("1970-01-01T00:00:10")]
    [InlineData("10.0")]
    [InlineData("1e1")]
    public void Read_AnyFormOfTime_SameInstant(string time)
    {
        using RecordingFolder folder = new();
        folder.Metrics($"{time},chat,x,1");

        Recording recording = folder.Read();

        // "1e1" is no form of time: exponents are refused, by the reader as by Timestamp.
        Assert.Equal(time == "1e1" ? [] : ["10 chat x 1"], RecordingFolder.Lines(recording.Metrics));
    }

    [Fact]
    public void Read_BlankAndNaN_AreGaps()
    {
        using RecordingFolder folder = new();
        folder.Metrics("10,chat,x,", "20,chat,x,NaN", "30,chat,x,1", "");

        Recording recording = folder.Read();

        Assert.Equal(["30 chat x 1"], RecordingFolder.Lines(recording.Metrics));
        Assert.Equal(0, recording.ProblemCount);
    }

    [Fact]
    public void Read_Samples_AllFieldsInOrderOfTime()
    {
        using RecordingFolder folder = new();
        folder.Write(
            "samples.jsonl.gz",
            RecordingFolder.Gzip("""
                {"id":"b","time":20,"endpoint":"chat","component":"draft","response":"r","unknown":[1]}
                {"id":"a","time":"1970-01-01T00:00:10Z","endpoint":"chat","prompt":"p","response":"","context":"c","reference":"f","finishReason":"stop","inputTokens":3,"outputTokens":0,"latencyMs":1.5}
                """));

        Recording recording = folder.Read();

        Assert.Empty(recording.Problems);
        Assert.Equal(
            [
                new ResponseSample("a", new Timestamp(10_000), EntityId.ForEndpoint("chat"), "p", "", "c", "f", "stop", 3, 0, 1.5),
                new ResponseSample("b", new Timestamp(20_000), EntityId.ForComponent("chat", "draft"), "", "r"),
            ],
            recording.Samples);
    }

    [Fact]
    public void Read_Scores_EmptyScoreIsUnknown()
    {
        using RecordingFolder folder = new();
        folder.Write("scores.csv", "time,entity,dimension,score,probability,stratum,judge\n20,chat/assist,safety,,0.25,normal,j@1\n10,chat/assist,integrity,0.5,1,,\n");

        Recording recording = folder.Read();

        Assert.Empty(recording.Problems);
        EntityId assist = EntityId.ForComponent("chat", "assist");
        Assert.Equal(
            [
                new QualityScore(new Timestamp(10_000), assist, QualityDimensions.Integrity, 0.5, 1),
                new QualityScore(new Timestamp(20_000), assist, QualityDimensions.Safety, null, 0.25, "normal", "j@1"),
            ],
            recording.Scores);
    }

    [Fact]
    public void Read_OnlyTopology_IsAnEmptyRecording()
    {
        using RecordingFolder folder = new();

        Recording recording = folder.Read();

        Assert.Equal(0, recording.Metrics.Count);
        Assert.Null(recording.From);
        Assert.Null(recording.To);
        Assert.Equal(64, recording.Hash.Length);
    }

    [Fact]
    public void Read_RowsAnswersAndScores_FromAndToSpanAll()
    {
        using RecordingFolder folder = new();
        folder.Metrics("20,chat,x,1", "30,chat,x,1")
            .Write("scores.csv", "time,entity,dimension,score,probability\n10,chat/assist,safety,1,1\n")
            .Write("samples.jsonl", """{"id":"a","time":40,"endpoint":"chat","response":""}""");

        Recording recording = folder.Read();

        Assert.Equal(new Timestamp(10_000), recording.From);
        Assert.Equal(new Timestamp(40_000), recording.To);
    }
}
