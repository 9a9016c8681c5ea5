using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Silences;

/// <summary>The body that asks for a silence: the fields of Alertmanager's.</summary>
/// <param name="Matchers">All must match.</param>
/// <param name="StartsAt">From when; absent: now.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="CreatedBy">Who asks.</param>
/// <param name="Comment">Why.</param>
public sealed record SilenceRequest(
    IReadOnlyList<SilenceMatcherRequest>? Matchers, Timestamp? StartsAt, Timestamp? EndsAt, string? CreatedBy, string? Comment)
{
    /// <summary>Matchers of one silence.</summary>
    public const int MatchersMax = 20;

    private const int TextMax = 1024;

    /// <summary>Everything that is wrong with it; empty when nothing is.</summary>
    public IReadOnlyList<string> Errors(Timestamp now)
    {
        List<string> errors = [];
        if (Matchers is not { Count: > 0 and <= MatchersMax } || EndsAt is null)
        {
            errors.Add($"a silence has 1 to {MatchersMax} matchers and an endsAt");
        }
        else
        {
            errors.AddRange(ToView("", now).ToSilence().Errors());
            if (EndsAt <= now)
            {
                errors.Add("endsAt has passed");
            }
        }

        if (CreatedBy?.Length > TextMax || Comment?.Length > TextMax)
        {
            errors.Add($"comment and createdBy have at most {TextMax} characters");
        }

        return errors;
    }

    public SilenceView ToView(string id, Timestamp now) => new(
        id,
        [.. Matchers!.Select(m => new SilenceMatcher(m.Name ?? "", m.Value ?? "", m.IsRegex, m.IsEqual ?? true))],
        Timestamp.Max(StartsAt ?? now, now),
        EndsAt!.Value,
        CreatedBy ?? "",
        Comment ?? "",
        now);
}
