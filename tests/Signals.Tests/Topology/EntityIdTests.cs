using CsCheck;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Topology;

public sealed class EntityIdTests
{
    private static readonly Gen<string> Part = Gen.Char["abc:/%2F3An "].Array[1, 8].Select(c => new string(c));

    private static readonly Gen<EntityId> Any = Gen.OneOf(
        Part.Select(EntityId.ForEndpoint),
        Part.Select(EntityId.ForNode),
        Gen.Select(Part, Part).Select(p => EntityId.ForComponent(p.Item1, p.Item2)),
        Gen.Select(Part, Part).Select(p => EntityId.ForInstance(p.Item1, p.Item2)),
        Gen.Select(Part, Part, Part).Select(p => EntityId.ForCopy(p.Item1, p.Item2, p.Item3)),
        Gen.Select(Part, Part, Part).Select(p => EntityId.ForGpu(p.Item1, p.Item2, p.Item3)));

    [Fact]
    public void TryParseKey_OfAnyKey_IsTheSameEntity() => Any.Sample(id =>
    {
        Assert.True(EntityId.TryParseKey(id.Key, out EntityId? back));
        Assert.Equal((id.Kind, id.Endpoint, id.Component, id.Instance, id.Leaf), (back.Kind, back.Endpoint, back.Component, back.Instance, back.Leaf));
    });

    [Fact]
    public void Key_OfTwoEntities_IsEqualOnlyWhenTheyAre() => Gen.Select(Any, Any).Sample((left, right) =>
        Assert.Equal(
            (left.Kind, left.Endpoint, left.Component, left.Instance, left.Leaf) == (right.Kind, right.Endpoint, right.Component, right.Instance, right.Leaf),
            left.Key == right.Key));

    [Fact]
    public void TryParseKey_AnyText_GivesNoSecondKeyOfAnEntity() => Gen.Char["ab:/%2F3Acin"].Array[0, 12].Select(c => new string(c)).Sample(text =>
    {
        if (EntityId.TryParseKey(text, out EntityId? id))
        {
            Assert.Equal(text, id.Key);
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("chat//x")]
    [InlineData("chat/assist")]
    [InlineData("chat/c:")]
    [InlineData("chat/c:a/b/c")]
    [InlineData("n:")]
    [InlineData("n:a/b")]
    [InlineData("a%zz")]
    public void TryParseKey_NoKey_IsRefused(string text) => Assert.False(EntityId.TryParseKey(text, out _));

    [Theory]
    [InlineData("chat/i:i-0abc/3", "chat/i-0abc/3", "3")]
    [InlineData("chat/c:assist", "chat/assist", "assist")]
    [InlineData("n:a%2Fb", "a/b", "a/b")]
    public void ToString_AnEntity_LeavesTheMarkerOut(string key, string text, string name)
    {
        Assert.True(EntityId.TryParseKey(key, out EntityId? id));
        Assert.Equal((text, name), (id.ToString(), id.Name));
    }

    [Fact]
    public void Parent_OfEachKind_IsOneLevelUp()
    {
        Assert.Equal(EntityId.ForComponent("e", "c"), EntityId.ForCopy("e", "c", "0").Parent);
        Assert.Equal(EntityId.ForInstance("e", "i"), EntityId.ForGpu("e", "i", "0").Parent);
        Assert.Equal(EntityId.ForEndpoint("e"), EntityId.ForInstance("e", "i").Parent);
        Assert.Null(EntityId.ForEndpoint("e").Parent);
        Assert.Null(EntityId.ForNode("e").Parent);
    }
}
