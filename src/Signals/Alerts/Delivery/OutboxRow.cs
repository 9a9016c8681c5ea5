using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grainwatch.Signals.Alerts;

/// <summary>One notification on its way out. Only rows that are not finished are kept; finished ones become effects.</summary>
public sealed record OutboxRow
{
    /// <summary>See <see cref="AlertIdentity.Notification"/>.</summary>
    public required string Id { get; init; }

    public required string GroupKey { get; init; }

    public required string Receiver { get; init; }

    public required NotificationFamily Family { get; init; }

    public required NotificationKind Kind { get; init; }

    public required NotifyReason Why { get; init; }

    public Severity Severity { get; init; }

    /// <summary>Episodes that it lists as open, sorted.</summary>
    public ImmutableArray<string> Firing { get; init; } = [];

    /// <summary>Those of them that its receiver hears of for the first time, sorted.</summary>
    public ImmutableArray<string> News { get; init; } = [];

    /// <summary>Episodes that it lists as ended, sorted.</summary>
    public ImmutableArray<string> Ended { get; init; } = [];

    /// <summary>Episodes of which it tells another cause, sorted.</summary>
    public ImmutableArray<string> Updates { get; init; } = [];

    public OutboxStatus Status { get; init; }

    public OutboxReason Reason { get; init; }

    public int Attempts { get; init; }

    public Timestamp PlannedAt { get; init; }

    /// <summary>Not attempted before.</summary>
    public Timestamp NextAt { get; init; }

    /// <summary>The activation that publishes it.</summary>
    public string? ClaimedBy { get; init; }

    public Timestamp? ClaimedUntil { get; init; }

    /// <summary>True: an attempt got no answer, so its content is fixed and it counts as told.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>True: sent before it could be written.</summary>
    public bool IsUnrecorded { get; init; }

    /// <summary>The publisher's own id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Free text: whom a failed notification was for, or which test was asked for.</summary>
    public string? About { get; init; }

    [JsonIgnore]
    public bool IsFinished => Status is OutboxStatus.Sent or OutboxStatus.Dead or OutboxStatus.Cancelled
        || (Status == OutboxStatus.Uncertain && Reason == OutboxReason.NotAttemptedAgain);
}
