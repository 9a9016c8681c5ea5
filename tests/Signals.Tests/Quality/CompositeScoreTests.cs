using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Tests.Quality;

public sealed class CompositeScoreTests
{
    [Fact]
    public void Of_AllOne_IsOne() => Assert.Equal(1.0, CompositeScore.Of(_ => 1.0));

    [Fact]
    public void Of_SafetyZero_IsNotAveragedAway() => Assert.Equal(0.0, Of((QualityDimensions.Safety, 0.0), (QualityDimensions.Relevance, 1.0), (QualityDimensions.Integrity, 1.0), (QualityDimensions.Tone, 1.0)));

    [Fact]
    public void Of_SafetyUnknown_IsNotReadAsZero() =>
        Assert.Equal(1.0, Of((QualityDimensions.Relevance, 1.0), (QualityDimensions.Integrity, 1.0), (QualityDimensions.Coherence, 1.0)));

    [Fact]
    public void Of_AwsSample_IsThePlainMeanOfTheKnown()
    {
        Assert.Equal(2.0 / 3.0, CompositeScore.Of(d => d == QualityDimensions.Safety ? 0.0 : 1.0, CompositePreset.AwsSample)!.Value, 12);
        Assert.Equal(1.0, CompositeScore.Of(d => d == QualityDimensions.Safety ? null : 1.0, CompositePreset.AwsSample));
    }

    [Fact]
    public void Of_LessThanHalfOfTheWeight_IsUnknown()
    {
        Assert.Null(Of((QualityDimensions.Integrity, 1.0), (QualityDimensions.Relevance, 1.0)));
        Assert.NotNull(Of((QualityDimensions.Integrity, 1.0), (QualityDimensions.Relevance, 1.0), (QualityDimensions.Tone, 1.0)));
    }

    [Fact]
    public void Of_JsonAskedFor_TakesRelevancesPlace() =>
        Assert.Equal(0.5, Of((QualityDimensions.Json, 0.0), (QualityDimensions.Relevance, 1.0), (QualityDimensions.Integrity, 1.0), (QualityDimensions.Tone, 1.0))!.Value, 12);

    [Fact]
    public void Of_Refusal_DoesNotCount() =>
        Assert.Equal(1.0, Of((QualityDimensions.Refusal, 0.0), (QualityDimensions.Integrity, 1.0), (QualityDimensions.Relevance, 1.0), (QualityDimensions.Coherence, 1.0)));

    [Fact]
    public void Of_NothingKnown_IsUnknown()
    {
        Assert.Null(CompositeScore.Of(_ => null));
        Assert.Null(CompositeScore.Of(_ => null, CompositePreset.AwsSample));
    }

    private static double? Of(params (string Dimension, double Score)[] known) =>
        CompositeScore.Of(d => known.Where(k => k.Dimension == d).Select(k => (double?)k.Score).FirstOrDefault());
}
