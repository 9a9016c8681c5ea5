namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>The rules in force.</summary>
/// <param name="Hash">Of everything that the set says.</param>
/// <param name="Rules">In the order of the file.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-book-view")]
public sealed record RuleBookView([property: Id(0)] string Hash, [property: Id(1)] RuleView[] Rules);
