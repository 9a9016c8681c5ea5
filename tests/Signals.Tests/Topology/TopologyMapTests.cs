using System.Text;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Topology;

public sealed class TopologyMapTests
{
    private static readonly TopologyMap Map = TopologyReader.Read(Encoding.UTF8.GetBytes("""
        {"endpoints":[
          {"name":"chat","instances":[{"id":"i-1","gpus":2},{"id":"i-2","gpus":1},{"id":"cpu","gpus":0}],
           "components":[
             {"name":"placed","copies":[{"id":"k0","instance":"i-1","gpus":[0]},{"id":"k1","instance":"i-1","gpus":[1]}]},
             {"name":"shared","copies":[{"id":"k0","instance":"i-1","gpus":[0]}]},
             {"name":"somewhere","copies":2},
             {"name":"onCpu","copies":[{"id":"k0","instance":"cpu"}]},
             {"name":"i-2"}]}],
         "entities":["chat/placed","db"]}
        """));

    private static readonly EntityId Placed = EntityId.ForComponent("chat", "placed");

    [Fact]
    public void GpusOf_TwoComponentsOnOneGpu_AreBothKnown()
    {
        EntityId gpu = EntityId.ForGpu("chat", "i-1", "0");
        Assert.Equal([Placed, EntityId.ForComponent("chat", "shared")], Map.ComponentsOn(gpu));
        Assert.Equal([gpu, EntityId.ForGpu("chat", "i-1", "1")], Map.GpusOf(Placed));
    }

    [Fact]
    public void PossibleGpusOf_UnknownPlace_IsAllOfTheEndpoint()
    {
        Assert.Equal(3, Map.PossibleGpusOf(EntityId.ForComponent("chat", "somewhere")).Count);
        Assert.Empty(Map.GpusOf(EntityId.ForComponent("chat", "somewhere")));
        Assert.Empty(Map.PossibleGpusOf(EntityId.ForComponent("chat", "onCpu")));
    }

    [Fact]
    public void Relatives_InstanceOfAComponentWithoutGpus_IsItsPlace()
    {
        EntityId onCpu = EntityId.ForComponent("chat", "onCpu");
        EntityId cpu = EntityId.ForInstance("chat", "cpu");
        Assert.Equal([cpu], Map.Relatives(onCpu, EntityKind.Instance));
        Assert.Contains(onCpu, Map.Relatives(cpu, EntityKind.Component));
        Assert.DoesNotContain(Placed, Map.Relatives(cpu, EntityKind.Component));
    }

    [Fact]
    public void Relatives_EachWay_AreWhatTheTopologySays()
    {
        EntityId copy = EntityId.ForCopy("chat", "placed", "k1");
        Assert.Equal([EntityId.ForGpu("chat", "i-1", "1")], Map.Relatives(copy, EntityKind.Gpu));
        Assert.Equal([EntityId.ForInstance("chat", "i-1")], Map.Relatives(copy, EntityKind.Instance));
        Assert.Equal([Placed], Map.Relatives(copy, EntityKind.Component));
        Assert.Equal([EntityId.ForEndpoint("chat")], Map.Relatives(copy, EntityKind.Endpoint));
        Assert.Equal([Placed], Map.Relatives(Placed, EntityKind.Component));
        Assert.Equal(5, Map.Relatives(EntityId.ForEndpoint("chat"), EntityKind.Component).Count);
        Assert.Empty(Map.Relatives(EntityId.ForNode("db"), EntityKind.Gpu));
        Assert.Empty(Map.Relatives(EntityId.ForEndpoint("unknown"), EntityKind.Gpu));
    }

    [Fact]
    public void TryResolve_NodeWithAComponentsName_IsTheNode()
    {
        Assert.True(Map.TryResolve("chat/placed", out EntityId? node));
        Assert.Equal(EntityKind.Node, node.Kind);
        Assert.True(Map.TryResolve("chat/c:placed", out EntityId? component));
        Assert.Equal(Placed, component);
        Assert.Equal("chat/c:placed", Map.Format(Placed));
    }

    [Fact]
    public void TryResolve_NameOfTwoEntities_IsRefused()
    {
        Assert.False(Map.TryResolve("chat/i-2", out _));
        Assert.True(Map.TryResolve("chat/i:i-2", out EntityId? instance));
        Assert.Equal("chat/i:i-2", Map.Format(instance));
    }

    [Fact]
    public void Format_AnyEntity_ResolvesBackToIt() => Assert.All(Map.Entities, e =>
    {
        Assert.True(Map.TryResolve(Map.Format(e), out EntityId? found), e.Key);
        Assert.Equal(e, found);
    });
}
