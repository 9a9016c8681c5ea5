namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>changed(deployment, 30m)</c>: such an event within the time, at the entity or above it.</summary>
public sealed record ChangedExpression(ChangeKind Kind, WindowLength Within) : Expression;
