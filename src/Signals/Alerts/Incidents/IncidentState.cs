using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>One incident of an endpoint: what is told to people. Its life is that of an alert that is true while a member fires.</summary>
public sealed record IncidentState
{
    /// <summary>See <see cref="AlertIdentity.Incident"/>. Never changes.</summary>
    public required string Id { get; init; }

    public required string Endpoint { get; init; }

    /// <summary>The incident as the machine sees it; its fingerprint is the incident's id.</summary>
    public required AlertInstance Alert { get; init; }

    /// <summary>The open episode, kept after the end.</summary>
    public required string EpisodeId { get; init; }

    /// <summary>Event time of the first True of the verdict that opened it.</summary>
    public required Timestamp Onset { get; init; }

    /// <summary>The clock when it opened; the wait for a diagnosis counts from here.</summary>
    public required Timestamp OpenedAt { get; init; }

    /// <summary>In the order in which they joined; the first one opened it.</summary>
    public required ImmutableArray<IncidentMember> Members { get; init; }

    /// <summary>The highest of its members after the pattern's policy. Once told, it only rises.</summary>
    public Severity Severity { get; init; }

    /// <summary>The latest; null: none came yet.</summary>
    public Diagnosis? Diagnosis { get; init; }

    /// <summary>True: the diagnosis forecasts exhaustion within its horizon.</summary>
    public bool IsExhaustionNear { get; init; }

    /// <summary>The first cause that was told; empty: it was told without one; null: it was not told.</summary>
    public string? AnnouncedCause { get; init; }

    public Acknowledgement? Acknowledgement { get; init; }

    public Timestamp? EndedAt { get; init; }

    /// <summary>Why its last member ended.</summary>
    public AlertReason? EndReason { get; init; }

    [JsonIgnore]
    public bool IsOpen => EndedAt is null;

    [JsonIgnore]
    public IncidentPattern Pattern => Diagnosis?.Pattern ?? IncidentPattern.Unknown;

    /// <summary>Entity and metric of the first cause, empty when there is none.</summary>
    [JsonIgnore]
    public string FirstCause => Diagnosis is { Causes: [{ } first, ..] } ? $"{first.Entity.Key}:{first.Metric.Text}" : "";

    [JsonIgnore]
    public bool IsCauseChanged =>
        AnnouncedCause is not null && FirstCause.Length > 0 && !string.Equals(AnnouncedCause, FirstCause, StringComparison.Ordinal);
}
