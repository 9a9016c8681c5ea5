using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One version of the rules.</summary>
/// <param name="Number">Rises by one with every change.</param>
/// <param name="Hash">Of the set.</param>
/// <param name="Origin">default, file or request: where it came from.</param>
/// <param name="At">Since when; null: since the process was started with it.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Text">The rule file; null: it was not asked for, or is not kept any more.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-version-view")]
public sealed record RuleVersionView(
    [property: Id(0)] long Number,
    [property: Id(1)] string Hash,
    [property: Id(2)] string Origin,
    [property: Id(3)] Timestamp? At,
    [property: Id(4)] string By,
    [property: Id(5)] string Comment,
    [property: Id(6)] string? Text);
