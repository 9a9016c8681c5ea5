using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

/// <summary>Events with every field set.</summary>
internal static class Stories
{
    public static readonly Timestamp Time = Timestamp.Parse("2026-03-02T09:35:30Z");

    private static readonly EntityId Assist = EntityId.ForComponent("chat", "assist");

    public static TransitionEvent Transition() => new(
        Time, "integrity-drop", "ab12", "chat/assist", "e1", "Normal", "Firing", "EvidenceReached",
        new Evidence(0.9, 0.98, "integrity \"0.9\"", 400, 0.8612345678, 0.9399999999));

    public static IncidentEvent Incident(string id, string state) => new(
        Time, id, state, "chat", Severity.Page, Time, new Diagnosis(
            Assist, null, IncidentPattern.QualityCausedLoad, null,
            [new RankedCause(1, Assist, MetricName.Of("integrity"), 0.83014, null, 12.3456, 5, new OnsetInterval(Time, Time), ["It fell → 0.5."], ["Not all."])],
            ["Traffic surge: no."], "title", "summary", 1),
        [new StoryMember("integrity-drop", "chat/assist", "e1", "firing", Time, "integrity 0.9")]);

    public static NotificationEvent Notification() => new(Time, "n1", "i1", "FIRING", "FIRST", Severity.Page, "log", "ALARM: x", "silence s1");
}
