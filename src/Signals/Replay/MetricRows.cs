using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// The metric rows of a recording by column, in canonical units, ordered by (time, series, arrival). Row i is
/// (<see cref="TimesUnixMs"/>[i], <see cref="Series"/>[<see cref="SeriesIndex"/>[i]], <see cref="Values"/>[i]).
/// </summary>
public sealed class MetricRows
{
    private readonly long[] _times;
    private readonly int[] _series;
    private readonly double[] _values;
    private readonly long[]? _arrivals;

    /// <param name="series">Every series that has a row.</param>
    /// <param name="count">Rows; the columns may be longer.</param>
    /// <param name="timesUnixMs">Event times.</param>
    /// <param name="seriesIndex">Indices into the series.</param>
    /// <param name="values">Values.</param>
    /// <param name="arrivalsUnixMs">When each row became known; null: no row says so.</param>
    internal MetricRows(SeriesKey[] series, int count, long[] timesUnixMs, int[] seriesIndex, double[] values, long[]? arrivalsUnixMs)
    {
        Series = series;
        Count = count;
        (_times, _series, _values, _arrivals) = (timesUnixMs, seriesIndex, values, arrivalsUnixMs);
    }

    public int Count { get; }

    /// <summary>Every series that has a row, in ordinal order of entity key and metric.</summary>
    public IReadOnlyList<SeriesKey> Series { get; }

    /// <summary>Event times, never falling.</summary>
    public ReadOnlySpan<long> TimesUnixMs => _times.AsSpan(0, Count);

    /// <summary>Indices into <see cref="Series"/>.</summary>
    public ReadOnlySpan<int> SeriesIndex => _series.AsSpan(0, Count);

    /// <summary>Values; increases where the source sent running totals.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>True: rows say when they became known. A later row of one (time, series) corrects the earlier one.</summary>
    public bool HasArrivals => _arrivals is not null;

    /// <summary>When each row became known: when it arrived, else its event time.</summary>
    public ReadOnlySpan<long> KnownAtUnixMs => (_arrivals ?? _times).AsSpan(0, Count);

    /// <summary>The rows by series, in the order of <see cref="Series"/>; of a corrected value the last correction.</summary>
    public SeriesData[] BySeries()
    {
        int[] counts = new int[Series.Count];
        for (int i = 0; i < Count; i++)
        {
            counts[_series[i]] += IsCorrected(i) ? 0 : 1;
        }

        SeriesData[] data = [.. Series.Select((key, s) => new SeriesData(key, new long[counts[s]], new double[counts[s]]))];
        Array.Clear(counts);
        for (int i = 0; i < Count; i++)
        {
            if (!IsCorrected(i))
            {
                int s = _series[i];
                int at = counts[s]++;
                data[s].TimesUnixMs[at] = _times[i];
                data[s].Values[at] = _values[i];
            }
        }

        return data;
    }

    private bool IsCorrected(int row) =>
        row + 1 < Count && _series[row + 1] == _series[row] && _times[row + 1] == _times[row];
}
