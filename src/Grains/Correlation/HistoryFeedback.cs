using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Correlation;

/// <summary>What somebody thinks of an incident, as it is stored.</summary>
internal sealed record HistoryFeedback(string Id, string Verdict, string By, string Comment, string? Cause, Timestamp At)
{
    public static HistoryFeedback Of(FeedbackView word) => new(word.Id, word.Verdict, word.By, word.Comment, word.Cause, word.At);

    public FeedbackView ToView() => new(Id, Verdict, By, Comment, Cause, At);
}
