using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// The metric rows of a recording by column, in canonical units, ordered by (time, series, arrival). Row i is
/// (<see cref="TimesUnixMs"/>[i], <see cref="Series"/>[<see cref="SeriesIndex"/>[i]], <see cref="Values"/>[i]).
/// </summary>
public sealed class MetricRows
{
    internal MetricRows(SeriesKey[] series, long[] timesUnixMs, int[] seriesIndex, double[] values, long[]? arrivalsUnixMs)
    {
        Series = series;
        TimesUnixMs = timesUnixMs;
        SeriesIndex = seriesIndex;
        Values = values;
        ArrivalsUnixMs = arrivalsUnixMs;
    }

    /// <summary>Every series that has a row, in ordinal order of entity key and metric.</summary>
    public IReadOnlyList<SeriesKey> Series { get; }

    /// <summary>Event times, never falling.</summary>
    public long[] TimesUnixMs { get; }

    /// <summary>Indices into <see cref="Series"/>.</summary>
    public int[] SeriesIndex { get; }

    /// <summary>Values; increases where the source sent running totals.</summary>
    public double[] Values { get; }

    /// <summary>
    /// When each row became known; null when no row says so. A later row of one (time, series) corrects the earlier one.
    /// </summary>
    public long[]? ArrivalsUnixMs { get; }

    public int Count => TimesUnixMs.Length;

    /// <summary>The rows by series, in the order of <see cref="Series"/>; of a corrected value the last correction.</summary>
    public SeriesData[] BySeries()
    {
        int[] counts = new int[Series.Count];
        for (int i = 0; i < Count; i++)
        {
            counts[SeriesIndex[i]] += IsCorrected(i) ? 0 : 1;
        }

        SeriesData[] data = [.. Series.Select((key, s) => new SeriesData(key, new long[counts[s]], new double[counts[s]]))];
        Array.Clear(counts);
        for (int i = 0; i < Count; i++)
        {
            if (!IsCorrected(i))
            {
                int s = SeriesIndex[i];
                int at = counts[s]++;
                data[s].TimesUnixMs[at] = TimesUnixMs[i];
                data[s].Values[at] = Values[i];
            }
        }

        return data;
    }

    private bool IsCorrected(int row) =>
        row + 1 < Count && SeriesIndex[row + 1] == SeriesIndex[row] && TimesUnixMs[row + 1] == TimesUnixMs[row];
}
