using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Incidents;

/// <summary>The body that says what somebody thinks of an incident.</summary>
/// <param name="Verdict">useful, notUseful or wrongCause.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">Free text; absent: none.</param>
/// <param name="Cause">What it was instead; absent: not said.</param>
public sealed record FeedbackRequest(string? Verdict, string? By, string? Comment, string? Cause)
{
    private const int ByMax = 256;
    private static readonly string[] Verdicts = ["useful", "notUseful", "wrongCause"];

    /// <summary>Everything that is wrong with it; empty when nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        List<string> errors = [];
        if (!Verdicts.Contains(Verdict))
        {
            errors.Add($"verdict must be one of {string.Join(", ", Verdicts)}");
        }

        if (By is not { Length: > 0 and <= ByMax })
        {
            errors.Add($"by: who says so, 1 to {ByMax} characters");
        }

        if (Comment?.Length > FeedbackView.CommentMax || Cause?.Length > FeedbackView.CommentMax)
        {
            errors.Add($"comment and cause have at most {FeedbackView.CommentMax} characters");
        }

        return errors;
    }

    public FeedbackView ToView(string id, Timestamp now) => new(id, Verdict!, By!, Comment ?? "", Cause, now);
}
