namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>What became of a <see cref="RuleChange"/>, and what is in force after it.</summary>
/// <param name="Outcome">Taken, or why not.</param>
/// <param name="Number">Of the version: that of the first request where the key was known.</param>
/// <param name="Hash">Of its set.</param>
/// <param name="Faults">In the order of the text; at most 100.</param>
/// <param name="FaultCount">All of them.</param>
/// <param name="Ids">Rules that were added, or that are there already.</param>
/// <param name="NotTold">Endpoints that did not answer in time: there it holds once they look, within seconds.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-receipt")]
public sealed record RuleReceipt(
    [property: Id(0)] RuleOutcome Outcome,
    [property: Id(1)] long Number,
    [property: Id(2)] string Hash,
    [property: Id(3)] RuleFault[] Faults,
    [property: Id(4)] int FaultCount,
    [property: Id(5)] string[] Ids,
    [property: Id(6)] string[] NotTold);
