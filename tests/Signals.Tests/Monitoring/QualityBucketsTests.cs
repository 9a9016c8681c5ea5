using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

public sealed class QualityBucketsTests
{
    private static readonly EntityId Entity = EntityId.ForComponent("chat", "assist");

    private readonly QualityBuckets _buckets = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void Add_ScoresOfOneBucket_GiveTheirWeightedMeanAtItsStart()
    {
        Assert.Equal(1, Add(1, 1)!.Value.Value);
        MetricPoint point = Add(9, 0, probability: 0.25)!.Value;
        Assert.Equal(new Timestamp(0), point.Time);
        Assert.Equal(0.2, point.Value, 12);
        Assert.Equal(new SeriesKey(Entity, MetricName.Of("integrity")), point.Series);
    }

    [Fact]
    public void Add_UnknownScore_IsNotZero() => Assert.Null(Add(1, null));

    [Fact]
    public void Add_AnotherDimension_HasItsOwnMean()
    {
        Add(1, 0);
        Assert.Equal(1, Add(1, 1, dimension: "safety")!.Value.Value);
    }

    [Fact]
    public void Add_BucketThatIsClosed_NoLongerMoves()
    {
        for (int i = 0; i <= QualityBuckets.OpenBuckets; i++)
        {
            Assert.NotNull(Add(i * 10, 1));
        }

        Assert.Null(Add(5, 0));
        Assert.Equal(0.5, Add(15, 0)!.Value.Value);
    }

    private MetricPoint? Add(int second, double? score, double probability = 1, string dimension = "integrity") =>
        _buckets.Add(new QualityScore(new Timestamp(second * 1000L), Entity, dimension, score, probability));
}
