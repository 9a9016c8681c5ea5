using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Correlation;

public sealed class TargetParserTests
{
    private static readonly TopologyMap Map = TopologyReader.Read("""
        {"endpoints":[{"name":"chat","instances":[{"id":"i-0","gpus":2}],"components":[{"name":"assist"}]}],
         "entities":["Stage/prod_AWS::ApiGateway::Stage","a","a:latency","PGSQL Query_remote"]}
        """u8.ToArray());

    [Theory]
    [InlineData("Stage/prod_AWS::ApiGateway::Stage", "Stage/prod_AWS::ApiGateway::Stage", null)]
    [InlineData("Stage/prod_AWS::ApiGateway::Stage:latency.average", "Stage/prod_AWS::ApiGateway::Stage", "latency.average")]
    [InlineData("PGSQL Query_remote:availability", "PGSQL Query_remote", "availability")]
    [InlineData("chat:ModelLatency.p99", "chat", "latency.p99")]
    [InlineData("chat/assist:vllm:kv_cache_usage_perc", "chat/assist", "kv_cache_usage")]
    [InlineData("chat/c:assist", "chat/assist", null)]
    [InlineData("chat/c:assist:ttft", "chat/assist", "ttft")]
    [InlineData("chat/i-0/1", "chat/i-0/1", null)]
    [InlineData("a:latency", "a:latency", null)]
    [InlineData("a:latency:p99", "a:latency", "p99")]
    public void TryParse_KnownEntity_SplitsAtTheRightColon(string text, string entity, string? metric)
    {
        Assert.True(TargetParser.TryParse(text, Map, MetricCatalogue.Default, out EntityId? found, out MetricName? of));
        Assert.Equal(entity, found.ToString());
        Assert.Equal(metric, of?.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("chat:")]
    [InlineData("unknown:latency")]
    [InlineData(":latency")]
    public void TryParse_UnknownEntity_IsRefused(string text) =>
        Assert.False(TargetParser.TryParse(text, Map, MetricCatalogue.Default, out _, out _));
}
