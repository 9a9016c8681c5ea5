using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>While a source fires, targets that agree with it on some labels are not told.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Source">What must fire.</param>
/// <param name="Target">What is held back. An alert that is itself a source is never held back by this rule.</param>
/// <param name="Equal">Labels that both must have, with the same value.</param>
public sealed record InhibitRule(string Name, ImmutableArray<Matcher> Source, ImmutableArray<Matcher> Target, ImmutableArray<string> Equal);
