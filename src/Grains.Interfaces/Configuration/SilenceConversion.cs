using System.Collections.Immutable;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>From what crosses a wire to what the core judges with.</summary>
public static class SilenceConversion
{
    /// <summary>The silence as it was asked for.</summary>
    public static Silence ToSilence(this SilenceView silence)
    {
        ArgumentNullException.ThrowIfNull(silence);
        return silence.ToSilence(silence.StartsAt);
    }

    /// <summary>The silence, begun at another time and as long.</summary>
    public static Silence ToSilence(this SilenceView silence, Timestamp from)
    {
        ArgumentNullException.ThrowIfNull(silence);
        ImmutableArray<Matcher> matchers = [.. silence.Matchers.Select(ToMatcher)];
        return new Silence(silence.Id, matchers, silence.Comment, silence.CreatedBy, from, from + (silence.EndsAt - silence.StartsAt));
    }

    private static Matcher ToMatcher(SilenceMatcher matcher) => new(
        matcher.Name,
        (matcher.IsRegex, matcher.IsEqual) switch
        {
            (false, true) => MatchOperator.Equal,
            (false, false) => MatchOperator.NotEqual,
            (true, true) => MatchOperator.Matches,
            (true, false) => MatchOperator.NotMatches,
        },
        matcher.Value);
}
