using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>What somebody thinks of an incident.</summary>
/// <param name="Id">Of the word: the same for a repeated request.</param>
/// <param name="Verdict">useful, notUseful or wrongCause.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">Free text, at most <see cref="CommentMax"/> characters; empty: none.</param>
/// <param name="Cause">What it was instead, in words; null: not said.</param>
/// <param name="At">When, by the clock on the wall.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.feedback-view")]
public sealed record FeedbackView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Verdict,
    [property: Id(2)] string By,
    [property: Id(3)] string Comment,
    [property: Id(4)] string? Cause,
    [property: Id(5)] Timestamp At)
{
    /// <summary>Characters of a comment, and of a cause.</summary>
    public const int CommentMax = 1000;

    /// <summary>Words on one incident.</summary>
    public const int WordsMax = 20;

    /// <summary>True: another request would say the same.</summary>
    public bool SaysAs(FeedbackView other) => this with { At = default } == other with { At = default };
}
