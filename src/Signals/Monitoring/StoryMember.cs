namespace Grainwatch.Signals.Monitoring;

/// <summary>One alert that an incident explains, as people read it.</summary>
/// <param name="Rule">Of which rule.</param>
/// <param name="Entity">Of whom.</param>
/// <param name="Episode">Which episode.</param>
/// <param name="State">firing or ended.</param>
/// <param name="Since">When the episode began.</param>
/// <param name="Evidence">What the rule saw when it joined, in words and numbers.</param>
public sealed record StoryMember(string Rule, string Entity, string Episode, string State, Timestamp Since, string Evidence);
