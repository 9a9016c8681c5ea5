using System.Collections.Immutable;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Alerts;

/// <summary>How loud an incident is: the highest of the members that fire, raised or limited by its pattern.</summary>
/// <remarks>
/// A pattern that names a fault raises. Only two kinds limit: a judge that drifted says that its members are not real,
/// and traffic alone is no page. Where the pattern is unknown, the authors of the rules keep their word. Saturation is a
/// page when the diagnosis shows harm to users, or when a member is one.
/// </remarks>
public sealed record SeverityPolicy
{
    private static readonly SeverityRule Loud = new(Severity.Page, Severity.Page);
    private static readonly SeverityRule Floor = new(Severity.Warn, Severity.Page);

    /// <summary>Patterns that are not listed are at least a warning.</summary>
    public ImmutableDictionary<IncidentPattern, SeverityRule> Rules { get; init; } = new Dictionary<IncidentPattern, SeverityRule>
    {
        [IncidentPattern.HardwareFault] = Loud,
        [IncidentPattern.Hang] = Loud,
        [IncidentPattern.RestartLoop] = Loud,
        [IncidentPattern.BadRollout] = Loud,
        [IncidentPattern.AdapterChange] = Loud,
        [IncidentPattern.DegradedByPressure] = Loud,
        [IncidentPattern.QualityCausedLoad] = Loud,
        [IncidentPattern.JudgeDrift] = new(Severity.Warn, Severity.Warn),
        [IncidentPattern.TrafficSurge] = new(Severity.Info, Severity.Info),
        [IncidentPattern.TrafficShift] = new(Severity.Info, Severity.Info),
    }.ToImmutableDictionary();

    public static SeverityPolicy Default { get; } = new();

    public Severity Of(IncidentState incident)
    {
        Severity members = Severity.Info;
        foreach (IncidentMember member in incident.Members)
        {
            members = member.IsFiring && member.Severity > members ? member.Severity : members;
        }

        if (incident.Diagnosis is not { } diagnosis)
        {
            return members;
        }

        SeverityRule rule = diagnosis.Pattern switch
        {
            IncidentPattern.MemoryLeak when incident.IsExhaustionNear => Loud,
            IncidentPattern.QualityDrift when diagnosis.TouchesSafetyOrIntegrity || TouchesSafety(diagnosis) => Loud,
            IncidentPattern.Saturation when diagnosis.HarmsUsers => Loud,
            _ => Rules.GetValueOrDefault(diagnosis.Pattern, Floor),
        };
        return rule.Apply(members);
    }

    private static bool TouchesSafety(Diagnosis diagnosis) =>
        IsSafety(diagnosis.Metric) || diagnosis.Causes.Any(c => IsSafety(c.Metric));

    private static bool IsSafety(MetricName? metric) =>
        metric?.Base.Contains(QualityDimensions.Safety, StringComparison.Ordinal) == true
        || metric?.Base.Contains(QualityDimensions.Integrity, StringComparison.Ordinal) == true;
}
