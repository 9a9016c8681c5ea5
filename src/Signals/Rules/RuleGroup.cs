namespace Grainwatch.Signals.Rules;

/// <summary>Rules with one owner.</summary>
public sealed record RuleGroup(string Name, string Owner, IReadOnlyList<Rule> Rules);
