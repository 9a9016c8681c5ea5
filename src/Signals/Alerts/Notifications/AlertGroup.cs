using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grainwatch.Signals.Alerts;

/// <summary>What one receiver is told together, and the log of what it was told. Written with the outbox, in one write.</summary>
public sealed record AlertGroup
{
    /// <summary>See <see cref="AlertIdentity.Group"/>.</summary>
    public required string Key { get; init; }

    public required string Route { get; init; }

    public required string Receiver { get; init; }

    public NotificationFamily Family { get; init; }

    public Severity Severity { get; init; }

    /// <summary>The group's name for people and for receivers that fold doubles: the same for its whole life.</summary>
    public required string AlarmName { get; init; }

    /// <summary>The episode for which the group was made: part of its notifications' ids, so that none returns after lost state.</summary>
    public required string Origin { get; init; }

    /// <summary>The number of the next notification: 0, then milliseconds of the clock, always rising.</summary>
    public long Sequence { get; init; }

    /// <summary>Not told before.</summary>
    public Timestamp FlushAt { get; init; }

    /// <summary>When the last notification was finished; null: none was.</summary>
    public Timestamp? SentAt { get; init; }

    /// <summary>Open episodes that this receiver knows of (Sent or Uncertain), sorted.</summary>
    public ImmutableArray<string> Told { get; init; } = [];

    /// <summary>Open episodes that this receiver could not be told of, sorted: they are not tried again.</summary>
    public ImmutableArray<string> Lost { get; init; } = [];

    /// <summary>Open episodes whose change of cause was told, sorted.</summary>
    public ImmutableArray<string> Updated { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Told.IsEmpty && Lost.IsEmpty;
}
