namespace Grainwatch.Signals.Alerts;

/// <summary>The way of one row: pure functions from row to row.</summary>
/// <remarks>
/// A row is claimed in a write before it is published, so that of two activations only one publishes. An attempt without
/// an answer, or a claim whose holder did not come back, may have arrived: it is repeated with the same id, first soon
/// (SNS FIFO topics forget an id after five minutes), then slowly, because a doubled page costs less than a lost one.
/// After the last attempt it stays uncertain, which counts as told, and the fallback receiver hears of it.
/// </remarks>
public static class Outbox
{
    /// <summary>How long a claim holds.</summary>
    public static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(30);

    /// <summary>A row that is this old and still refused is dead.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromHours(24);

    /// <summary>A clock that jumps ahead alone kills no row: this many attempts must have failed.</summary>
    public const int AttemptsBeforeDead = 3;

    /// <summary>An uncertain row is attempted at most this often.</summary>
    public const int UncertainAttemptsMax = 12;

    private static readonly TimeSpan BackoffMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromMinutes(5);

    /// <summary>True: the row may be attempted now. A due time that lies too far ahead is a clock that went back.</summary>
    public static bool IsDue(OutboxRow row, Timestamp now) =>
        row.Status is OutboxStatus.Planned or OutboxStatus.Retrying or OutboxStatus.Uncertain
        && (now >= row.NextAt || row.NextAt - now > BackoffMax);

    public static bool IsClaimExpired(OutboxRow row, Timestamp now) =>
        row is { Status: OutboxStatus.Claimed, ClaimedUntil: { } until } && (now >= until || until - now > ClaimFor);

    public static OutboxRow Claim(OutboxRow row, string activation, Timestamp now) => row with
    {
        Status = OutboxStatus.Claimed,
        Reason = OutboxReason.Claimed,
        Attempts = row.Attempts + 1,
        ClaimedBy = activation,
        ClaimedUntil = now + ClaimFor,
    };

    public static OutboxRow ExpireClaim(OutboxRow row, Timestamp now) =>
        Unanswered(row, OutboxReason.ClaimExpired, now);

    /// <summary>Folds a publisher's answer. A late acceptance is believed; any other late answer says nothing new.</summary>
    public static OutboxRow Answer(OutboxRow row, PublishAnswer answer, string? messageId, Timestamp now) => (row.Status, answer) switch
    {
        (_, PublishAnswer.Accepted) => row with
        {
            Status = OutboxStatus.Sent,
            Reason = OutboxReason.Accepted,
            MessageId = messageId,
            ClaimedBy = null,
            ClaimedUntil = null,
        },
        (OutboxStatus.Claimed, PublishAnswer.None) => Unanswered(row, OutboxReason.NoAnswer, now),
        (OutboxStatus.Claimed, PublishAnswer.RefusedForGood) => Dead(row, OutboxReason.RefusedForGood),
        (OutboxStatus.Claimed, PublishAnswer.RefusedForNow) => IsTooOld(row, now)
            ? Dead(row, OutboxReason.TooOld)
            : Released(row, OutboxStatus.Retrying, OutboxReason.RefusedForNow, now),
        _ => row,
    };

    /// <summary>Ends a row that is not wanted any more: cancelled where no attempt can have arrived, else uncertain for good.</summary>
    public static OutboxRow Withdraw(OutboxRow row, OutboxReason unsent) => row with
    {
        Status = row.MayHaveArrived ? OutboxStatus.Uncertain : OutboxStatus.Cancelled,
        Reason = row.MayHaveArrived ? OutboxReason.NotAttemptedAgain : unsent,
        ClaimedBy = null,
        ClaimedUntil = null,
    };

    public static bool IsTooOld(OutboxRow row, Timestamp now) =>
        now - row.PlannedAt >= DeadAfter && row.Attempts >= AttemptsBeforeDead;

    private static OutboxRow Unanswered(OutboxRow row, OutboxReason reason, Timestamp now)
    {
        OutboxRow next = Released(row, OutboxStatus.Uncertain, reason, now) with { MayHaveArrived = true };
        return row.Attempts >= UncertainAttemptsMax ? Withdraw(next, reason) : next;
    }

    private static OutboxRow Dead(OutboxRow row, OutboxReason reason) =>
        row.MayHaveArrived ? Withdraw(row, reason) : row with { Status = OutboxStatus.Dead, Reason = reason, ClaimedBy = null, ClaimedUntil = null };

    private static OutboxRow Released(OutboxRow row, OutboxStatus status, OutboxReason reason, Timestamp now) => row with
    {
        Status = status,
        Reason = reason,
        ClaimedBy = null,
        ClaimedUntil = null,
        NextAt = now + Backoff(row.Attempts),
    };

    private static TimeSpan Backoff(int attempts)
    {
        TimeSpan wait = BackoffMin * Math.Pow(2, Math.Min(attempts - 1, 10));
        return wait > BackoffMax ? BackoffMax : wait;
    }
}
