using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Rules;

/// <summary>One version of the rules as it is stored.</summary>
/// <param name="Number">Of the version.</param>
/// <param name="Hash">Of its set.</param>
/// <param name="Origin">default, file or request.</param>
/// <param name="AtUnixMs">Since when; null: since the start.</param>
/// <param name="By">Who asked.</param>
/// <param name="Comment">Why.</param>
/// <param name="Text">The file; null: it made room for others.</param>
[GenerateSerializer, Alias("grainwatch.stored-rules")]
public sealed record StoredRules(
    [property: Id(0)] long Number,
    [property: Id(1)] string Hash,
    [property: Id(2)] string Origin,
    [property: Id(3)] long? AtUnixMs,
    [property: Id(4)] string By,
    [property: Id(5)] string Comment,
    [property: Id(6)] string? Text)
{
    public RuleVersionView ToView(bool withText) =>
        new(Number, Hash, Origin, AtUnixMs is { } ms ? new Timestamp(ms) : null, By, Comment, withText ? Text : null);
}
