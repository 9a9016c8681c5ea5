namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The conditions of rules for their targets, as nodes that know no endpoint: any frame of their size may be asked.</summary>
/// <param name="Conditions">In the order of the targets.</param>
/// <param name="Size">Room that they need in a frame.</param>
internal sealed record RuleProgram((BoundCondition Raise, BoundCondition? Clear)[] Conditions, FrameSize Size);
