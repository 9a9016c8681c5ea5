namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What is wrong with a condition, and where.</summary>
/// <param name="Offset">Characters from the start of the condition's text.</param>
/// <param name="Message">One sentence that says how to mend it where that is known.</param>
public readonly record struct ConditionError(int Offset, string Message);
