using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Ingest;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Writes batches into a monitor and says what became of them.</summary>
internal sealed class EndpointIntake(
    EndpointMonitor monitor, WindowLease lease, SeriesDirectory directory, GrainInstruments instruments, IntakeState? before = null)
{
    private const string NoRoom = "NoRoomForSeries";

    private readonly SourceDecoder _decoder = before is null ? new() : SourceDecoder.Restore(before.Decoder);
    private readonly DeltaHistograms _deltas = before is null ? new() : DeltaHistograms.Restore(before.Deltas);
    private readonly List<MetricPoint> _points = [];

    /// <summary>What the next intake has to know; when the block is closed, nothing follows.</summary>
    public IntakeState Save() => new(_decoder.Save(), _deltas.Save());

    /// <param name="batch">What was sent.</param>
    /// <param name="now">The clock on the wall; null: the points carry the only clock there is.</param>
    public WriteReceipt Write(SeriesWrite[] batch, Timestamp? now)
    {
        int accepted = 0;
        SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
        foreach ((int index, int sample) in InTimeOrder(batch))
        {
            SeriesWrite series = batch[index];
            SourceSeries source = new(series.Series, series.IsCumulative, series.HistogramPart, series.UpperBound, series.Part);
            if (Refusal(source, new Timestamp(series.TimesUnixMs[sample]), series.Values[sample], now) is { } reason)
            {
                refused[reason] = refused.GetValueOrDefault(reason) + 1;
            }
            else
            {
                accepted++;
            }
        }

        int[] known = [.. Enumerable.Range(0, batch.Length).Where(i => TryRegister(batch[i]))];

        instruments.Accepted(accepted);
        foreach ((string reason, int count) in refused)
        {
            instruments.Refused(reason, count);
        }

        return new WriteReceipt(accepted, refused.Values.Sum(), [.. refused.Select(r => $"{r.Key}: {r.Value}")], directory.Here, known);
    }

    /// <summary>
    /// From now on samples of the series come without labels and without a call. What is put together from several source
    /// series, a histogram or a sum over labels, goes on coming here.
    /// </summary>
    private bool TryRegister(SeriesWrite series)
    {
        if (series.Source.IsNone || series.HistogramPart != HistogramPart.None || series.Part.Length > 0 || !lease.IsLive)
        {
            return false;
        }

        int column = monitor.Block.Find(series.Series);
        CounterDecoder? counter = series.IsCumulative ? _decoder.Counter(series.Series) : null;
        return column >= 0
            && (counter is not null) == series.IsCumulative
            && directory.TryRegister(series.Source, new SeriesPlace(lease, column, series.Scale, counter));
    }

    /// <summary>
    /// A histogram's buckets are series of their own and are read instant by instant, so a batch that holds several
    /// instants is taken in the order of time, not series after series.
    /// </summary>
    private static IEnumerable<(int Series, int Sample)> InTimeOrder(SeriesWrite[] batch)
    {
        IEnumerable<(int Series, int Sample)> all = batch.SelectMany(
            (series, i) => Enumerable.Range(0, series.TimesUnixMs.Length).Select(n => (i, n)));
        return Array.TrueForAll(batch, series => series.TimesUnixMs.Length <= 1) ? all : all.OrderBy(
            p => batch[p.Series].TimesUnixMs[p.Sample]);
    }

    private string? Refusal(in SourceSeries source, Timestamp time, double value, Timestamp? now)
    {
        if (PointTime.Refusal(time.UnixMs, now) is { } refusal)
        {
            return refusal.ToString();
        }

        if (source is { HistogramPart: HistogramPart.Bucket, IsCumulative: false } && double.IsFinite(value))
        {
            if (_deltas.Add(source, time, value) is not { } total)
            {
                return DecodeOutcome.TooManySources.ToString();
            }

            value = total;
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
