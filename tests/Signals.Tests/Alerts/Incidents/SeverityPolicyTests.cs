using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Incidents;

public sealed class SeverityPolicyTests
{
    [Theory]
    [InlineData(IncidentPattern.HardwareFault, Severity.Warn, Severity.Page)]
    [InlineData(IncidentPattern.Hang, Severity.Info, Severity.Page)]
    [InlineData(IncidentPattern.DegradedByPressure, Severity.Warn, Severity.Page)]
    [InlineData(IncidentPattern.Saturation, Severity.Warn, Severity.Warn)]
    [InlineData(IncidentPattern.Saturation, Severity.Page, Severity.Page)]
    [InlineData(IncidentPattern.HotGpu, Severity.Info, Severity.Warn)]
    [InlineData(IncidentPattern.JudgeDrift, Severity.Page, Severity.Warn)]
    [InlineData(IncidentPattern.TrafficSurge, Severity.Page, Severity.Info)]
    [InlineData(IncidentPattern.Unknown, Severity.Info, Severity.Warn)]
    [InlineData(IncidentPattern.Unknown, Severity.Page, Severity.Page)]
    [InlineData(IncidentPattern.MemoryLeak, Severity.Warn, Severity.Warn)]
    [InlineData(IncidentPattern.QualityDrift, Severity.Warn, Severity.Warn)]
    public void Of_Pattern_RaisesOrLimitsTheMembers(IncidentPattern pattern, Severity members, Severity expected) =>
        Assert.Equal(expected, SeverityPolicy.Default.Of(Incident(members) with { Diagnosis = Diagnosis(pattern) }));

    [Fact]
    public void Of_NoDiagnosis_IsTheHighestMemberThatFires() =>
        Assert.Equal(Severity.Warn, SeverityPolicy.Default.Of(Incident(Severity.Warn)));

    [Fact]
    public void Of_LeakIsNearItsEnd_IsAPage() => Assert.Equal(
        Severity.Page, SeverityPolicy.Default.Of(Incident(Severity.Warn) with { Diagnosis = Diagnosis(IncidentPattern.MemoryLeak), IsExhaustionNear = true }));

    [Fact]
    public void Of_QualityDriftTouchesIntegrity_IsAPage() => Assert.Equal(
        Severity.Page, SeverityPolicy.Default.Of(Incident(Severity.Warn) with { Diagnosis = Diagnosis(IncidentPattern.QualityDrift, "quality_integrity") }));

    private static IncidentState Incident(Severity severity) => new()
    {
        Id = "i",
        Endpoint = Endpoint,
        EpisodeId = "e",
        Onset = At(0),
        OpenedAt = At(0),
        Alert = AlertInstance.Of(Verdict(Signals.Rules.Truth.True, 0, 0)),
        Members =
        [
            new IncidentMember("f", "e1", "r", Component, severity, At(0), ""),
            new IncidentMember("g", "e2", "r", Component, Severity.Page, At(0), "", At(1), AlertReason.Cleared),
        ],
    };
}
