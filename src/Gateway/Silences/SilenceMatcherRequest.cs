namespace Grainwatch.Gateway.Silences;

/// <summary>One matcher of a <see cref="SilenceRequest"/>; <c>isEqual</c> absent means true.</summary>
public sealed record SilenceMatcherRequest(string? Name, string? Value, bool IsRegex, bool? IsEqual);
