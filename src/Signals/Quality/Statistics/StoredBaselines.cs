using System.IO.Compression;
using System.Text.Json;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>
/// What quality monitors learnt, as two documents: the head, which decides (detectors and references), and the history, by
/// which estimates are shown (recent answers and counts). One may be had without the other.
/// </summary>
public static class StoredBaselines
{
    /// <summary>Streams that are kept, those with the newest answers first.</summary>
    public const int StreamsMax = 256;

    /// <summary>Streams whose answers are kept, of those.</summary>
    public const int HistoriesMax = 64;

    /// <summary>Bytes of either document; streams are left out, the stalest first, until it fits.</summary>
    public const int BytesMax = 300_000;

    /// <summary>Packs a state. Work for a thread of its own.</summary>
    /// <param name="state">In order of age, the newest first.</param>
    /// <param name="leftOut">Streams for which the head has no room.</param>
    public static (byte[] Head, byte[] History) Pack(QualityMonitorState state, out int leftOut)
    {
        QualityStreamEntry[] heads = [.. state.Streams.Take(StreamsMax).Select(Decides)];
        (byte[] head, int kept) = Fit(heads.Length, count => new QualityMonitorState(heads[..count], []));
        leftOut = state.Streams.Length - kept;
        QualityStreamEntry[] histories = [.. state.Streams.Take(HistoriesMax).Select(Shows)];
        (byte[] history, _) = Fit(histories.Length, count => new QualityMonitorState(histories[..count], [.. state.Arrivals.Take(count)]));
        return (head, history);
    }

    /// <summary>Puts the documents together.</summary>
    /// <param name="head">From <see cref="Pack"/>.</param>
    /// <param name="history">From the same or another packing; empty: there is none.</param>
    /// <exception cref="InvalidDataException">They are no such documents.</exception>
    public static QualityMonitorState Unpack(byte[] head, byte[] history)
    {
        QualityMonitorState decides = Read(head);
        QualityMonitorState shows = history.Length == 0 ? new QualityMonitorState([], []) : Read(history);
        Dictionary<(string, string), QualityStreamState> byStream = shows.Streams.ToDictionary(s => (s.EntityKey, s.Dimension), s =>
            s.State);
        return new QualityMonitorState(
            [.. decides.Streams.Select(s => byStream.TryGetValue((s.EntityKey, s.Dimension), out QualityStreamState? shown)
                ? s with { State = s.State with { Answers = shown.Answers, Fine = shown.Fine, Coarse = shown.Coarse } }
                : s)],
            shows.Arrivals);
    }

    private static QualityStreamEntry Decides(QualityStreamEntry entry) =>
        entry with { State = entry.State with { Answers = [], Fine = [], Coarse = [] } };

    private static QualityStreamEntry Shows(QualityStreamEntry entry) =>
        entry with { State = entry.State with { Detectors = [], Reference = null }, Questions = null };

    private static (byte[] Document, int Count) Fit(int count, Func<int, QualityMonitorState> part)
    {
        byte[] document = Write(part(count));
        while (document.Length > BytesMax && count > 0)
        {
            document = Write(part(count /= 2));
        }

        return (document, count);
    }

    private static byte[] Write(QualityMonitorState state)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, state, AlertJson.Options);
        }

        return packed.ToArray();
    }

    private static QualityMonitorState Read(byte[] document)
    {
        try
        {
            using GZipStream gzip = new(new MemoryStream(document, writable: false), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<QualityMonitorState>(gzip, AlertJson.Options)
                ?? throw new InvalidDataException("the document is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the document is not of this schema", e);
        }
    }
}
