using System.Text;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Topology;

public sealed class TopologyReaderTests
{
    [Fact]
    public void Read_CountOfCopies_HasNoPlaces()
    {
        TopologyMap map = Read("""{"endpoints":[{"name":"chat","instances":[{"id":"i-1","gpus":2}],"components":[{"name":"a","copies":3,"gpusPerCopy":1}]}]}""");
        ComponentTopology component = Assert.Single(Assert.Single(map.Endpoints).Components);
        Assert.Equal((3, 1), (component.Copies.Count, component.GpusPerCopy));
        Assert.All(component.Copies, k => Assert.Null(k.Instance));
    }

    [Fact]
    public void Read_PlacedCopies_KnowTheirGpus()
    {
        TopologyMap map = Read("""{"endpoints":[{"name":"chat","instances":[{"id":"i-1","gpus":2}],"components":[{"name":"a","copies":[{"id":"k","instance":"i-1","gpus":[1]}]}]}]}""");
        Assert.Equal([EntityId.ForGpu("chat", "i-1", "1")], map.GpusOf(EntityId.ForComponent("chat", "a")));
    }

    [Fact]
    public void Read_NoComponents_TheVariantIsOne()
    {
        TopologyMap map = Read("""{"endpoints":[{"name":"chat","variant":"blue"},{"name":"other"}]}""");
        Assert.Equal(["blue", "AllTraffic"], map.Endpoints.Select(e => e.Components.Single().Id.Component!));
    }

    [Fact]
    public void Read_UnknownFields_AreIgnored() =>
        Assert.Single(Read("""{"v":1,"endpoints":[{"name":"chat","owner":"x"}],"more":{}}""").Endpoints);

    [Fact]
    public void Read_NodesAndEdges_AreTakenLiterally()
    {
        TopologyMap map = Read("""{"endpoints":[{"name":"chat"}],"entities":["svc/a","svc/b"],"edges":[{"from":"svc/a","to":"svc/b"},{"from":"svc/b","to":"chat"}]}""");
        Assert.Equal([EntityId.ForNode("svc/b")], map.Callees(EntityId.ForNode("svc/a")));
        Assert.Equal([EntityId.ForNode("svc/b")], map.Callers(EntityId.ForEndpoint("chat")));
    }

    [Theory]
    [InlineData("", "line 1: not JSON")]
    [InlineData("{\n\"endpoints\": [\n", "line 3: not JSON")]
    [InlineData("[]", "the document must be Object")]
    [InlineData("""{"endpoints":{}}""", "'endpoints' must be Array")]
    [InlineData("""{"endpoints":[{}]}""", "has no 'name'")]
    [InlineData("""{"endpoints":[{"name":""}]}""", "1 to 1024 characters")]
    [InlineData("""{"endpoints":[{"name":"a"},{"name":"a"}]}""", "endpoint 'a' is defined twice")]
    [InlineData("""{"endpoints":[{"name":"a","instances":[{"id":"i","gpus":-1}]}]}""", "whole number from 0 to 1024")]
    [InlineData("""{"endpoints":[{"name":"a","instances":[{"id":"i"},{"id":"i"}]}]}""", "instance 'a/i' is defined twice")]
    [InlineData("""{"endpoints":[{"name":"a","components":[{"name":"c","copies":1.5}]}]}""", "'components.copies'")]
    [InlineData("""{"endpoints":[{"name":"a","instances":[{"id":"i","gpus":1}],"components":[{"name":"c","copies":[{"id":"k","instance":"i","gpus":[4]}]}]}]}""", "which no instance has")]
    [InlineData("""{"endpoints":[{"name":"a","components":[{"name":"c","copies":[{"id":"k","instance":"j"}]}]}]}""", "which is no instance of it")]
    [InlineData("""{"endpoints":[{"name":"a"}],"entities":["a"]}""", "both an endpoint and an entity")]
    [InlineData("""{"entities":["a"],"edges":[{"from":"a","to":"b"}]}""", "'b', which is not defined")]
    [InlineData("""{"entities":["a"],"edges":[{"from":"a"}]}""", "has no 'to'")]
    public void Read_Unusable_SaysWhere(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<TopologyException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_AnyPrefixOfADocument_IsReadOrRefused()
    {
        string json = """{"endpoints":[{"name":"chat","instances":[{"id":"i-1","gpus":2}],"components":[{"name":"a","copies":[{"id":"k","instance":"i-1","gpus":[1]}]}]}],"entities":["n"],"edges":[{"from":"n","to":"chat"}]}""";
        for (int length = 0; length < json.Length; length++)
        {
            Assert.Throws<TopologyException>(() => Read(json[..length]));
        }
    }

    private static TopologyMap Read(string json) => TopologyReader.Read(Encoding.UTF8.GetBytes(json));
}
