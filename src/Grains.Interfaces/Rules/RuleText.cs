namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>The rules in force as a silo takes them.</summary>
/// <param name="Number">Rises with every change; 1 is what the process was started with.</param>
/// <param name="Hash">Of the set.</param>
/// <param name="Text">The rule file; null: the asker has this version.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-text")]
public sealed record RuleText([property: Id(0)] long Number, [property: Id(1)] string Hash, [property: Id(2)] string? Text);
