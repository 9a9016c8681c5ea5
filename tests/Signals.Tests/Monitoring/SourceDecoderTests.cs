using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

public sealed class SourceDecoderTests
{
    private static readonly EntityId Entity = EntityId.ForComponent("chat", "assist");

    private readonly SourceDecoder _decoder = new();
    private readonly List<MetricPoint> _points = [];

    [Fact]
    public void Decode_Gauge_IsItsOwnPoint()
    {
        Assert.Equal(DecodeOutcome.Decoded, Decode("queue_depth", 0, 3));
        Assert.Equal(3, Assert.Single(_points).Value);
    }

    [Fact]
    public void Decode_RunningTotal_GivesIncreasesAndFollowsAReset()
    {
        Assert.Equal(DecodeOutcome.NoPoint, Decode("requests", 0, 100, isCumulative: true));
        Assert.Equal(DecodeOutcome.Decoded, Decode("requests", 10, 130, isCumulative: true));
        Assert.Equal(DecodeOutcome.NoPoint, Decode("requests", 10, 130, isCumulative: true));
        Assert.Equal(DecodeOutcome.Decoded, Decode("requests", 20, 7, isCumulative: true));
        Assert.Equal([30, 7], _points.Select(p => p.Value));
    }

    [Fact]
    public void Decode_PartsOfACounter_AreDecodedApartAndAddedUp()
    {
        foreach ((int second, double stop, double length) in new[] { (0, 10d, 5d), (10, 14, 6) })
        {
            Decode("requests", second, stop, isCumulative: true, part: "finished_reason=stop");
            Decode("requests", second, length, isCumulative: true, part: "finished_reason=length");
        }

        Assert.Equal([4, 5], _points.Select(p => p.Value));
        Assert.Single(_points.Select(p => p.Time).Distinct());
    }

    [Fact]
    public void Decode_NaN_SaysThatTheSeriesEnded()
    {
        Assert.Equal(DecodeOutcome.Ended, Decode("queue_depth", 0, double.NaN));
        Assert.True(double.IsNaN(Assert.Single(_points).Value));
    }

    [Fact]
    public void Decode_InfiniteTotal_IsRefused() =>
        Assert.Equal(DecodeOutcome.NotFinite, Decode("requests", 0, double.PositiveInfinity, isCumulative: true));

    [Fact]
    public void Decode_HistogramOfTheCatalogue_BecomesPercentilesOfItsGauge()
    {
        for (int second = 0; second <= 30; second += 10)
        {
            Bucket(second, 0.1, 50.0 * second);
            Bucket(second, 0.5, 99.0 * second);
            Bucket(second, double.PositiveInfinity, 100.0 * second);
        }

        Assert.Equal(["ttft.p50", "ttft.p90", "ttft.p99"], _points.Select(p => p.Series.Metric.Text).Distinct());
        Assert.All(_points.Where(p => p.Series.Metric.Text == "ttft.p50"), p => Assert.InRange(p.Value, 0.09, 0.11));
        Assert.All(_points.Where(p => p.Series.Metric.Text == "ttft.p99"), p => Assert.InRange(p.Value, 0.4, 0.5));
    }

    private void Bucket(int second, double bound, double total) => _decoder.Decode(
        new SourceSeries(new SeriesKey(Entity, MetricName.Of("ttft_histogram")), true, HistogramPart.Bucket, bound, ""), new Timestamp(second * 1000L), total, _points);

    private DecodeOutcome Decode(string metric, int second, double value, bool isCumulative = false, string part = "") => _decoder.Decode(
        new SourceSeries(new SeriesKey(Entity, MetricName.Of(metric)), isCumulative, HistogramPart.None, double.NaN, part), new Timestamp(second * 1000L), value, _points);
}
