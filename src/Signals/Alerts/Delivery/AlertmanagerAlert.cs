using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>One alert as receivers of an Alertmanager know it.</summary>
/// <param name="IsFiring">False: it is resolved.</param>
/// <param name="Labels">What it is; the same while it lives.</param>
/// <param name="Annotations">What is said of it; may change.</param>
/// <param name="StartsAt">Event time of its beginning.</param>
/// <param name="EndsAt">Event time of its end; null: it fires.</param>
/// <param name="Link">Where to read more; empty: nowhere.</param>
/// <param name="Fingerprint">16 hexadecimal digits, the same while it lives.</param>
internal sealed record AlertmanagerAlert(
    bool IsFiring,
    ImmutableSortedDictionary<string, string> Labels,
    ImmutableSortedDictionary<string, string> Annotations,
    Timestamp StartsAt,
    Timestamp? EndsAt,
    string Link,
    string Fingerprint);
