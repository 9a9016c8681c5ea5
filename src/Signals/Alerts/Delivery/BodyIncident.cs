using System.Collections.Immutable;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>One incident in a notification.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Episode">Its episode.</param>
/// <param name="Status">firing or ended.</param>
/// <param name="Reason">Why it ended; empty while it fires.</param>
/// <param name="Pattern">The named shape.</param>
/// <param name="Onset">Event time of its beginning.</param>
/// <param name="Title">One line.</param>
/// <param name="Summary">A few sentences.</param>
/// <param name="Causes">Best first.</param>
/// <param name="RuledOut">What it is not.</param>
/// <param name="Members">Every alert of it.</param>
/// <param name="Link">Where to read more; null: nowhere.</param>
public sealed record BodyIncident(
    string Id,
    string Episode,
    string Status,
    string Reason,
    string Pattern,
    Timestamp Onset,
    string Title,
    string Summary,
    ImmutableArray<RankedCause> Causes,
    ImmutableArray<string> RuledOut,
    ImmutableArray<BodyMember> Members,
    string? Link)
{
    /// <summary>Event time of its end; null: it fires.</summary>
    public Timestamp? EndedAt { get; init; }
}
