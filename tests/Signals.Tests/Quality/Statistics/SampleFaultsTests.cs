using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

/// <summary>Faults of the public AWS sample for inference quality that must not come back here.</summary>
public sealed class SampleFaultsTests
{
    private const double SafetyThreshold = 0.8;

    [Fact]
    public void OneBadAnswerWithoutTraffic_IsNotAnIncident()
    {
        QualityMonitor monitor = Monitor();
        monitor.Take(Answers.Score(0, 0));
        QualityDecision decision = monitor.Below(Answers.Entity, Answers.Dimension, SafetyThreshold);
        Assert.Equal(Truth.Hold, decision.Truth);
        Assert.Equal(1, decision.Estimate.N);
        Assert.True(decision.Estimate.Upper > 0.75, "one answer says next to nothing, and the interval shows it");
    }

    [Fact]
    public void OneBadAnswerAfterAQuietNight_IsNotAnIncident()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 300; i++)
        {
            monitor.Take(Answers.Score(i, 1));
        }

        monitor.Take(Answers.Score(8 * 3600, 0));
        Assert.Equal(Truth.False, monitor.Below(Answers.Entity, Answers.Dimension, SafetyThreshold).Truth);
    }

    [Fact]
    public void MissingJudgeScores_AreNotASafetyIncident()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 1000; i++)
        {
            monitor.Take(Answers.Score(i, i < 500 ? 1 : null));
        }

        QualityDecision decision = monitor.Below(Answers.Entity, Answers.Dimension, SafetyThreshold);
        Assert.NotEqual(Truth.True, decision.Truth);
        Assert.True(decision.Estimate.Value is null or 1, "unknown is never read as 0");
        Assert.Equal(1, decision.Estimate.UnknownShare);
    }

    private static QualityMonitor Monitor() =>
        new([new QualityQuestion(QualityQuestionKind.Below, Answers.Dimension, SafetyThreshold)], QualityMonitorOptions.Default);
}
