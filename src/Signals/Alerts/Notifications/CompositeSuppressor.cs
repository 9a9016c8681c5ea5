using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Holds alerts back while a condition over other alerts is true. "Not known" holds nothing back.</summary>
/// <param name="Name">For the log.</param>
/// <param name="When">The condition.</param>
/// <param name="Target">What is held back.</param>
/// <param name="Wait">How long a new target waits for the condition to become true.</param>
/// <param name="Extension">How long targets stay held back after it was last true.</param>
public sealed record CompositeSuppressor(
    string Name, CompositeCondition When, ImmutableArray<Matcher> Target, TimeSpan Wait, TimeSpan Extension);
