using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Windows;

/// <summary>
/// Rolling windows, read by column. A bucket is named by its start. A window of length w "at" a bucket b is made of the
/// w / interval buckets that end with b.
/// </summary>
public interface ISeriesReader
{
    /// <summary>Length of a bucket.</summary>
    TimeSpan Interval { get; }

    /// <summary>Every series, by column.</summary>
    IReadOnlyList<SeriesKey> Series { get; }

    /// <summary>The column of a series, -1 when there is none (yet).</summary>
    int Find(SeriesKey series);

    /// <summary>Aggregates the buckets that start in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    WindowAggregate Aggregate(int column, Timestamp from, Timestamp to);

    /// <summary>
    /// Copies the non-empty buckets that start in [<paramref name="from"/>, <paramref name="to"/>], oldest first.
    /// </summary>
    /// <returns>How many were copied: at most the length of the shorter span, the newest ones win.</returns>
    int Copy(int column, Timestamp from, Timestamp to, Span<long> timesUnixMs, Span<double> values);
}
