using System.Collections.Immutable;
using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Correlation;

/// <summary>
/// The silences as one endpoint understands them. A live endpoint takes them as they are. One that is played from a
/// recording lives in another time: there a silence begins when it is heard of and lasts as long as was asked for; when
/// that was is written, so that it is the same after a restart.
/// </summary>
internal static class HeardSilences
{
    /// <param name="book">What was asked for.</param>
    /// <param name="state">Remembers when each was heard of; changed.</param>
    /// <param name="clock">Which clock the endpoint lives by.</param>
    /// <param name="now">The clock.</param>
    /// <returns>The silences, and whether <paramref name="state"/> must be written.</returns>
    public static (ImmutableArray<Silence> Silences, bool MustWrite) Take(SilenceBook book, CorrelationState state, ClockDomain clock, Timestamp now)
    {
        if (clock != ClockDomain.Recorded)
        {
            return ([.. book.Silences.Select(s => s.ToSilence())], false);
        }

        int before = state.SilencesHeardAtUnixMs.Count;
        Dictionary<string, long> heard = book.Silences.ToDictionary(
            s => s.Id,
            s => state.SilencesHeardAtUnixMs.TryGetValue(s.Id, out long at) ? at : (now + Later(s)).UnixMs,
            StringComparer.Ordinal);
        bool isNew = heard.Count != before || heard.Keys.Any(id => !state.SilencesHeardAtUnixMs.ContainsKey(id));
        state.SilencesHeardAtUnixMs = heard;
        return ([.. book.Silences.Select(s => s.ToSilence(new Timestamp(heard[s.Id])))], isNew);
    }

    private static TimeSpan Later(SilenceView silence) => silence.StartsAt > silence.CreatedAt ? silence.StartsAt - silence.CreatedAt : TimeSpan.Zero;
}
