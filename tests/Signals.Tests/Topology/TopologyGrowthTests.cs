using System.Text;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Topology;

/// <summary>Growth by discovery, the cut to one endpoint, and the way through a document and back.</summary>
public sealed class TopologyGrowthTests
{
    private const string Everything = """
        {"endpoints":[{"name":"chat","variant":"blue","instanceType":"ml.g6e.12xlarge",
            "instances":[{"id":"i-1","gpus":["0","1"]},{"id":"i-2","gpus":[]}],
            "components":[{"name":"assist","gpusPerCopy":1,"copies":[{"id":"0","instance":"i-1","gpus":["0"]},{"id":"1","gpus":[]}]},{"name":"draft"}]},
          {"name":"a:b/c","components":[{"name":"i-1"}]}],
         "entities":["web:front","db"],
         "edges":[{"from":"web:front","to":"chat/assist"},{"from":"chat/assist","to":"chat/draft"}]}
        """;

    [Fact]
    public void Write_ThenRead_IsTheSameMap()
    {
        TopologyMap map = Read(Everything);
        string written = TopologyWriter.Write(map);
        TopologyMap again = Read(written);
        Assert.Equal(map.Entities, again.Entities);
        Assert.Equal(map.Edges, again.Edges);
        Assert.Equal(written, TopologyWriter.Write(again));
        EntityId gpu = EntityId.ForGpu("chat", "i-1", "0");
        Assert.Equal(map.ComponentsOn(gpu), again.ComponentsOn(gpu));
        Assert.Equal(("blue", "ml.g6e.12xlarge"), (again.Endpoints.Single(e => e.Id.Endpoint == "chat").Variant, again.Endpoints.Single(e => e.Id.Endpoint == "chat").InstanceType));
    }

    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("chat/c:assist", "chat chat/c:assist chat/c:assist/0")]
    [InlineData("chat/c:assist/7", "chat chat/c:assist chat/c:assist/7")]
    [InlineData("chat/i:i-1", "chat chat/i:i-1")]
    [InlineData("chat/i:i-1/3", "chat chat/i:i-1 chat/i:i-1/3")]
    [InlineData("n:db", "n:db")]
    public void With_EntityOfEachKind_BringsWhatItHangsOn(string key, string expected)
    {
        Assert.True(EntityId.TryParseKey(key, out EntityId? entity));
        TopologyMap grown = TopologyGrowth.With(TopologyMap.Empty, entity);
        Assert.Equal(expected.Split(' '), grown.Entities.Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.Same(grown, TopologyGrowth.With(grown, entity));
    }

    [Fact]
    public void With_AnotherGpuOfAKnownInstance_KeepsTheFirst()
    {
        TopologyMap map = TopologyGrowth.With(TopologyGrowth.With(TopologyMap.Empty, EntityId.ForGpu("chat", "i-1", "0")), EntityId.ForGpu("chat", "i-1", "1"));
        Assert.Equal(2, Assert.Single(Assert.Single(map.Endpoints).Instances).Gpus.Count);
    }

    [Fact]
    public void Of_OneEndpoint_CutsTheRestAndItsEdges()
    {
        TopologyMap own = TopologyScope.Of(Read(Everything), EntityId.ForEndpoint("chat"));
        Assert.Equal("chat", Assert.Single(own.Endpoints).Id.Endpoint);
        Assert.Empty(own.Nodes);
        Assert.Equal(EntityId.ForComponent("chat", "draft"), Assert.Single(own.Edges).Callee);
        Assert.Equal([EntityId.ForEndpoint("new")], TopologyScope.Of(own, EntityId.ForEndpoint("new")).Entities);
    }

    private static TopologyMap Read(string json) => TopologyReader.Read(Encoding.UTF8.GetBytes(json));
}
