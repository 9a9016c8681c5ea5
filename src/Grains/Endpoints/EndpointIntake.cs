using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Writes a batch into a monitor and says what became of it.</summary>
internal static class EndpointIntake
{
    /// <param name="monitor">Whose windows.</param>
    /// <param name="decoder">Turns running totals into increases.</param>
    /// <param name="batch">What was sent.</param>
    /// <param name="now">The clock on the wall; null: the points carry the only clock there is.</param>
    public static WriteReceipt Write(EndpointMonitor monitor, SourceDecoder decoder, SeriesWrite[] batch, Timestamp? now)
    {
        int accepted = 0;
        SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
        foreach (SeriesWrite series in batch)
        {
            int column = monitor.Column(series.Series);
            for (int i = 0; i < series.TimesUnixMs.Length; i++)
            {
                Timestamp time = new(series.TimesUnixMs[i]);
                if (column < 0)
                {
                    Count(refused, "NoRoomForSeries");
                    continue;
                }

                if (decoder.Decode(series, i) is not { } value)
                {
                    // The first value of a running total says nothing yet, and is no loss.
                    accepted++;
                    continue;
                }

                UpsertOutcome outcome = monitor.Write(column, time, value, now ?? time);
                if (outcome.IsAccepted())
                {
                    accepted++;
                }
                else
                {
                    Count(refused, outcome.ToString());
                }
            }
        }

        return new WriteReceipt(accepted, refused.Values.Sum(), [.. refused.Select(r => $"{r.Key}: {r.Value}")]);
    }

    private static void Count(SortedDictionary<string, int> refused, string reason) =>
        refused[reason] = refused.GetValueOrDefault(reason) + 1;
}
