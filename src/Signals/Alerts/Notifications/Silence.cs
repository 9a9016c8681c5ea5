using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Somebody asks not to be told for a while. It changes what is said, never what is known.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Matchers">All must match; at least one, and one that does not match everything.</param>
/// <param name="Comment">Why.</param>
/// <param name="Author">Who asks.</param>
/// <param name="EffectiveFrom">From when nothing that it matches reaches a receiver.</param>
/// <param name="EndsAt">Until when; at most 30 days later.</param>
public sealed record Silence(
    string Id, ImmutableArray<Matcher> Matchers, string Comment, string Author, Timestamp EffectiveFrom, Timestamp EndsAt)
{
    public static readonly TimeSpan LengthMax = TimeSpan.FromDays(30);

    public bool IsActive(Timestamp now) => now >= EffectiveFrom && now < EndsAt;

    /// <summary>Everything that is wrong with it; empty when nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        List<string> errors = [.. Matchers.Select(m => m.Error).OfType<string>()];
        if (errors.Count == 0 && Matchers.All(m => m.IsMatch(AlertLabels.Empty)))
        {
            errors.Add("a silence needs a matcher that does not match everything");
        }

        if (string.IsNullOrWhiteSpace(Comment) || string.IsNullOrWhiteSpace(Author))
        {
            errors.Add("a silence needs a comment and an author");
        }

        if (EndsAt <= EffectiveFrom || EndsAt - EffectiveFrom > LengthMax)
        {
            errors.Add("a silence must end after it begins, within 30 days");
        }

        return errors;
    }
}
