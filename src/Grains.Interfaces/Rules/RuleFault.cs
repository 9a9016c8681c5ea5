namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>One thing that is wrong with a rule file, in the words of <c>grainwatch rules check</c>.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-fault")]
public sealed record RuleFault([property: Id(0)] int Line, [property: Id(1)] int Column, [property: Id(2)] string Message);
