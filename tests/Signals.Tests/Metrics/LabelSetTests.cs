using CsCheck;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Tests.Metrics;

public sealed class LabelSetTests
{
    [Fact]
    public void Of_AnyOrder_IsEqual() =>
        Gen.Shuffle(new[] { "a", "b", "Z", "é", "_" }).Sample(names =>
        {
            LabelSet set = LabelSet.Of(names.Select(n => KeyValuePair.Create(n, n + "1")));
            Assert.Equal("{Z=\"Z1\",_=\"_1\",a=\"a1\",b=\"b1\",é=\"é1\"}", set.ToString());
        });

    [Fact]
    public void ToString_QuotesAndBreaks_AreEscaped() =>
        Assert.Equal("{a=\"x\\\"\\\\\\n\"}", LabelSet.Of([new("a", "x\"\\\n")]).ToString());

    [Fact]
    public void Equals_DifferentSplitOfSameText_IsFalse() =>
        Assert.NotEqual(LabelSet.Of([new("a", "1\",b=\"2")]), LabelSet.Of([new("a", "1"), new("b", "2")]));

    [Fact]
    public void Indexer_Absent_IsNull() => Assert.Null(LabelSet.Of([new("a", "1")])["b"]);
}
