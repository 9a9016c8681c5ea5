namespace Grainwatch.Signals.Monitoring;

/// <summary>One alert that an incident explains.</summary>
/// <param name="Rule">Of which rule.</param>
/// <param name="Entity">Of whom, as people read it.</param>
/// <param name="Episode">Which episode.</param>
/// <param name="State">Its state now.</param>
/// <param name="Since">When the episode began.</param>
/// <param name="Evidence">What the rule saw, in words and numbers.</param>
public sealed record IncidentMember(string Rule, string Entity, string Episode, string State, Timestamp Since, string Evidence);
