using System.Text.Json;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

public sealed class StoredBaselinesTests
{
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");
    private static readonly QualityQuestion Asked = new(QualityQuestionKind.Below, "integrity", 0.8);
    private static readonly QualityQuestion Drift = new(QualityQuestionKind.Drift, "integrity", 0);

    [Fact]
    public void Unpack_WhatWasPacked_IsTheWholeState()
    {
        QualityMonitor monitor = Fed(3, 500);
        (byte[] head, byte[] history) = StoredBaselines.Pack(monitor.Save(StoredBaselines.StreamsMax), out int leftOut);
        Assert.Equal(0, leftOut);
        QualityMonitor back = QualityMonitor.Restore([Asked, Drift], QualityMonitorOptions.Default, StoredBaselines.Unpack(head, history));
        Assert.Equal(JsonSerializer.Serialize(monitor.Save()), JsonSerializer.Serialize(back.Save()));
    }

    [Fact]
    public void Unpack_HeadAlone_DecidesAsBefore()
    {
        QualityMonitor monitor = Fed(1, 500);
        (byte[] head, _) = StoredBaselines.Pack(monitor.Save(StoredBaselines.StreamsMax), out _);
        QualityMonitor back = QualityMonitor.Restore([Asked, Drift], QualityMonitorOptions.Default, StoredBaselines.Unpack(head, []));
        monitor.Take(Score(0, 500));
        back.Take(Score(0, 500));
        QualityDecision before = monitor.Below(Entity(0), "integrity", 0.8), after = back.Below(Entity(0), "integrity", 0.8);
        Assert.Equal((Truth.True, before.EValue), (after.Truth, after.EValue));
        Assert.Equal(1, after.Estimate.N);
    }

    [Fact]
    public void Pack_MoreStreamsThanAreKept_KeepsTheNewestAndCountsTheRest()
    {
        QualityMonitor monitor = Fed(StoredBaselines.StreamsMax + 10, 3);
        (byte[] head, byte[] history) = StoredBaselines.Pack(monitor.Save(StoredBaselines.StreamsMax + 10), out int leftOut);
        QualityMonitorState kept = StoredBaselines.Unpack(head, history);
        Assert.Equal(StoredBaselines.StreamsMax + 10, kept.Streams.Length + leftOut);
        Assert.InRange(leftOut, 10, StoredBaselines.StreamsMax);
        Assert.InRange(head.Length, 1, StoredBaselines.BytesMax);
        Assert.Contains(kept.Streams, s => s.EntityKey == Entity(StoredBaselines.StreamsMax + 9).Key);
        Assert.DoesNotContain(kept.Streams, s => s.EntityKey == Entity(0).Key);
    }

    [Fact]
    public void Take_AfterRemember_PassesOverThePastAndNothingElse()
    {
        QualityMonitor monitor = Fed(1, 10);
        QualityMonitor back = QualityMonitor.Restore([Asked], QualityMonitorOptions.Default, monitor.Save());
        back.Remember();
        Assert.Equal(QualityIntake.Remembered, back.Take(Score(0, 9)));
        Assert.Equal(QualityIntake.Taken, back.Take(Score(0, 10)));
        Assert.Equal(QualityIntake.Taken, back.Take(Score(0, 10)));
        Assert.Equal(QualityIntake.Taken, back.Take(Score(1, 0)));
    }

    [Fact]
    public void Unpack_NoDocument_Throws() => Assert.Throws<InvalidDataException>(() => StoredBaselines.Unpack([1, 2, 3], []));

    private static QualityMonitor Fed(int streams, int answers)
    {
        QualityMonitor monitor = new([Asked, Drift], QualityMonitorOptions.Default);
        for (int i = 0; i < streams; i++)
        {
            for (int n = 0; n < answers; n++)
            {
                monitor.Take(Score(i, n) with { Time = Start + TimeSpan.FromSeconds((i * 10) + n) });
            }
        }

        return monitor;
    }

    private static QualityScore Score(int stream, int second) => new(Start + TimeSpan.FromSeconds(second), Entity(stream), "integrity", second % 4 == 0 ? 1 : 0, 1);

    private static EntityId Entity(int index) => EntityId.ForComponent("chat", $"c{index}");
}
