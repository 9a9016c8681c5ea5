namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>The rules in force.</summary>
/// <param name="Hash">Of everything that the set says.</param>
/// <param name="Rules">In the order of the file.</param>
/// <param name="Number">The version; 1 is what the process was started with.</param>
/// <param name="Text">The set as a file.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-book-view")]
public sealed record RuleBookView(
    [property: Id(0)] string Hash, [property: Id(1)] RuleView[] Rules, [property: Id(2)] long Number = 1,
        [property: Id(3)] string Text = "");
