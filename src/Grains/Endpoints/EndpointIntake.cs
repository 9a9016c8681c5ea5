using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Writes batches into a monitor and says what became of them.</summary>
internal sealed class EndpointIntake(EndpointMonitor monitor)
{
    private const string NoRoom = "NoRoomForSeries";

    private static readonly TimeSpan MaxAhead = MonitorOptions.Default.Windows.MaxAhead;

    private readonly SourceDecoder _decoder = new();
    private readonly List<MetricPoint> _points = [];

    /// <param name="batch">What was sent.</param>
    /// <param name="now">The clock on the wall; null: the points carry the only clock there is.</param>
    public WriteReceipt Write(SeriesWrite[] batch, Timestamp? now)
    {
        int accepted = 0;
        SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
        foreach (SeriesWrite series in batch)
        {
            SourceSeries source = new(series.Series, series.IsCumulative, series.HistogramPart, series.UpperBound, series.Part);
            for (int i = 0; i < series.TimesUnixMs.Length; i++)
            {
                if (Refusal(source, new Timestamp(series.TimesUnixMs[i]), series.Values[i], now) is { } reason)
                {
                    refused[reason] = refused.GetValueOrDefault(reason) + 1;
                }
                else
                {
                    accepted++;
                }
            }
        }

        return new WriteReceipt(accepted, refused.Values.Sum(), [.. refused.Select(r => $"{r.Key}: {r.Value}")]);
    }

    private string? Refusal(in SourceSeries source, Timestamp time, double value, Timestamp? now)
    {
        // Before the decoder: one total from a clock that runs ahead would make every later one look old.
        if (time > Timestamp.MaxValue || (now is { } wall && time > wall + MaxAhead))
        {
            return UpsertOutcome.TooFarAhead.ToString();
        }

        if (time < Timestamp.MinValue)
        {
            return UpsertOutcome.TooOld.ToString();
        }

        _points.Clear();
        DecodeOutcome decoded = _decoder.Decode(source, time, value, _points);
        if (decoded is DecodeOutcome.NotFinite or DecodeOutcome.TooManySources)
        {
            return decoded.ToString();
        }

        foreach (MetricPoint point in _points)
        {
            int column = monitor.Column(point.Series);
            if (column < 0)
            {
                return NoRoom;
            }

            UpsertOutcome outcome = monitor.Write(column, point.Time, point.Value, now ?? point.Time);
            if (!outcome.IsAccepted())
            {
                return outcome.ToString();
            }
        }

        return null;
    }
}
