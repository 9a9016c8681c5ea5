namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>One condition of a silence.</summary>
/// <param name="Name">Of which label.</param>
/// <param name="Value">Text, or a regular expression that must match the whole label.</param>
/// <param name="IsRegex">True: <paramref name="Value"/> is a regular expression.</param>
/// <param name="IsEqual">False: it must not be so.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.silence-matcher")]
public sealed record SilenceMatcher(
    [property: Id(0)] string Name, [property: Id(1)] string Value, [property: Id(2)] bool IsRegex = false, [property: Id(3)] bool IsEqual = true);
