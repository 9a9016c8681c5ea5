using System.Collections.Immutable;
using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Correlation;

/// <content>What it asks of others: the silences, and the series of its endpoint.</content>
public sealed partial class CorrelationGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private void Hear(SilenceBook book)
    {
        (ImmutableArray<Silence> silences, bool mustWrite) = HeardSilences.Take(book, _store.State, _store.Clock, _clock.Now(_store.Clock));
        Context = Context with { Silences = silences, AreSilencesLoaded = true };
        _store.MustWrite(mustWrite);
    }

    /// <summary>Nothing is told before the silences are known; but where they cannot be had for a minute, a page is worth more.</summary>
    private async Task HearSilencesAsync()
    {
        if (Context.AreSilencesLoaded)
        {
            return;
        }

        try
        {
            Hear(await GrainFactory.GetGrain<IConfigurationGrain>(IConfigurationGrain.TheOne).GetSilences(CancellationToken.None));
        }
        catch (Exception e)
        {
            LogSilencesUnknown(logger, this.GetPrimaryKeyString(), e);
            Context = Context with { AreSilencesLoaded = time.GetElapsedTime(_silencesWantedAt) >= Context.Limits.UnrecordedAfter };
        }
    }

    private async Task<SeriesData[]> ExportAsync(Timestamp now)
    {
        try
        {
            // One that is about to move answers when it has moved, and moves when this turn has ended.
            return await _endpoint.Export(now - Reach, now, CancellationToken.None).WaitAsync(Patience, time);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // An incident without an explanation is better than none.
            LogNotExplained(logger, this.GetPrimaryKeyString(), e);
            return [];
        }
    }
}
