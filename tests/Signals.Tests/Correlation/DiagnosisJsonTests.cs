using System.Text.Json;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Tests.Correlation.Patterns;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Correlation;

public sealed class DiagnosisJsonTests
{
    [Fact]
    public void Write_Diagnosis_HasTheFieldsOfTheContract()
    {
        Diagnosis diagnosis = new(
            SyntheticIncident.Assist, MetricName.Of("latency", "p99"), IncidentPattern.DegradedByPressure, new OnsetInterval(new Timestamp(0), new Timestamp(10_000)),
            [new RankedCause(1, SyntheticIncident.Gpu(3), MetricName.Of("gpu_memory_usage"), 0.75, null, 20, 10, new OnsetInterval(new Timestamp(-20_000), new Timestamp(-10_000)), ["it's > 90 %"], ["may"])],
            ["traffic"], "title", "summary", 0.5);

        using JsonDocument document = JsonDocument.Parse(DiagnosisJson.Write(diagnosis, SyntheticIncident.Topology, new Timestamp(60_000)));
        JsonElement root = document.RootElement;

        Assert.Equal(["v", "target", "at", "onset", "pattern", "causes", "ruledOut", "coverage"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, root.GetProperty("v").GetInt32());
        Assert.Equal("chat/assist:latency.p99", root.GetProperty("target").GetString());
        Assert.Equal("1970-01-01T00:01:00.000Z", root.GetProperty("at").GetString());
        Assert.Equal("1970-01-01T00:00:10.000Z", root.GetProperty("onset")[1].GetString());
        Assert.Equal("degraded-by-pressure", root.GetProperty("pattern").GetString());
        JsonElement cause = root.GetProperty("causes")[0];
        Assert.Equal(["rank", "entity", "metric", "score", "leadSeconds", "leadResolutionSeconds", "onset", "evidence", "against"], cause.EnumerateObject().Select(p => p.Name));
        Assert.Equal("chat/i-0abc/3", cause.GetProperty("entity").GetString());
        Assert.Equal(20, cause.GetProperty("leadSeconds").GetDouble());
        Assert.Equal("it's > 90 %", cause.GetProperty("evidence")[0].GetString());
    }

    [Fact]
    public void Write_UnknownPattern_LeavesItOut()
    {
        Diagnosis diagnosis = new(EntityId.ForNode("a:b"), null, IncidentPattern.Unknown, null, [], [], "", "", 0);

        using JsonDocument document = JsonDocument.Parse(DiagnosisJson.Write(diagnosis, TopologyMap.Empty, new Timestamp(0)));

        Assert.False(document.RootElement.TryGetProperty("pattern", out _));
        Assert.False(document.RootElement.TryGetProperty("onset", out _));
        Assert.Equal("a:b", document.RootElement.GetProperty("target").GetString());
    }
}
