using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>One alert in a notification.</summary>
/// <param name="Fingerprint">The alert.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Entity">Of whom, as <c>EntityId.Key</c>.</param>
/// <param name="Status">firing, suppressed or ended.</param>
/// <param name="Reason">Why it is listed so: the branch of the machine, or what holds it back.</param>
/// <param name="Onset">Event time of its beginning.</param>
/// <param name="Text">Its evidence, one sentence.</param>
public sealed record BodyMember(
    string Fingerprint, string Rule, string Entity, string Status, string Reason, Timestamp Onset, string Text);
