namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>A wish to change the rules.</summary>
/// <param name="IsAddition">True: the rules of <paramref name="Text"/> come to those that are there; false: it replaces them all.</param>
/// <param name="Text">A rule file, at most <see cref="TextMax"/> characters.</param>
/// <param name="Expected">Only if this is in force, as <see cref="Etag"/> writes it; null: whatever is.</param>
/// <param name="RequestKey">The same key again is the same request; null: none was given.</param>
/// <param name="By">Who asks.</param>
/// <param name="Comment">Why.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-change")]
public sealed record RuleChange(
    [property: Id(0)] bool IsAddition,
    [property: Id(1)] string Text,
    [property: Id(2)] string? Expected,
    [property: Id(3)] string? RequestKey,
    [property: Id(4)] string By,
    [property: Id(5)] string Comment)
{
    /// <summary>Characters of a rule file that is kept at run time: below what any of the storages takes as one item.</summary>
    public const int TextMax = 200_000;

    /// <summary>Names what is in force, for preconditions.</summary>
    public static string Etag(long number, string hash) => $"{number}-{hash}";
}
