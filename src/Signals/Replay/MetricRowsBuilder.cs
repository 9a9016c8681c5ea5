using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Turns rows as read into the canonical ones: ordered, running totals decoded to increases, one value for each
/// (time, series) unless arrivals tell corrections apart.
/// </summary>
/// <remarks>
/// The order of work makes the result independent of the order of the rows. All rows are sorted by (time, series,
/// name at the source); equal ones are put in the order of arrival, and of two with one arrival the larger value stays;
/// only then is the running total of each source's name differenced, a fall being a reset (the new total is the
/// increase) and the first value only the base. Of a corrected running total the last correction counts.
/// </remarks>
internal sealed class MetricRowsBuilder
{
    private readonly RawSeries[] _raw;
    private readonly int[] _canonical;
    private readonly SeriesKey[] _keys;
    private readonly ProblemLog _problems;
    private readonly RowBuffer _in;
    private readonly RowBuffer _out;
    private readonly double[] _lastTotal;
    private readonly List<(long Arrival, double Value)> _group = [];
    private readonly bool _hasArrivals;
    private int _lastRaw = -1;

    private MetricRowsBuilder(RawSeriesTable table, RowBuffer rows, ProblemLog problems)
    {
        _problems = problems;
        _in = rows;
        _out = rows;
        _hasArrivals = rows.Arrivals is not null;

        int[] order = Ordered(table.Series);
        _raw = [.. order.Select(i => table.Series[i])];
        (_keys, _canonical) = Canonical(_raw);
        _lastTotal = new double[_raw.Length];
        Array.Fill(_lastTotal, double.NaN);

        int[] rank = new int[table.Series.Count];
        for (int i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        rows.Sort(rank);
    }

    public static MetricRows Build(RawSeriesTable table, RowBuffer rows, ProblemLog problems) =>
        new MetricRowsBuilder(table, rows, problems).Build();

    /// <summary>Order of two canonical series; also that of <see cref="MetricRows.Series"/>.</summary>
    internal static int Compare(SeriesKey left, SeriesKey right)
    {
        int entity = left.Entity.CompareTo(right.Entity);
        return entity != 0 ? entity : string.CompareOrdinal(left.Metric.Text, right.Metric.Text);
    }

    private static int[] Ordered(IReadOnlyList<RawSeries> series)
    {
        int[] order = [.. Enumerable.Range(0, series.Count).Where(i => series[i].Key is not null)];
        Array.Sort(order, (a, b) =>
        {
            int key = Compare(series[a].Key!, series[b].Key!);
            int name = key != 0 ? key : string.CompareOrdinal(series[a].SourceName, series[b].SourceName);

            // One entity may be written as its short form and as its key: the spelling decides last.
            return name != 0 ? name : series[a].EntityBytes.AsSpan().SequenceCompareTo(series[b].EntityBytes);
        });
        return order;
    }

    private static (SeriesKey[] Keys, int[] Canonical) Canonical(RawSeries[] raw)
    {
        List<SeriesKey> keys = [];
        int[] canonical = new int[raw.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            if (keys.Count == 0 || Compare(keys[^1], raw[i].Key!) != 0)
            {
                keys.Add(raw[i].Key!);
            }

            canonical[i] = keys.Count - 1;
        }

        return ([.. keys], canonical);
    }

    private MetricRows Build()
    {
        // The result is written over the rows that were read: one row makes one at the most.
        int count = _in.Count;
        _out.Restart();
        int start = 0;
        while (start < count)
        {
            int end = start + 1;
            while (end < count && _in.Times[end] == _in.Times[start] && _in.Series[end] == _in.Series[start])
            {
                end++;
            }

            if (end - start == 1)
            {
                Decode(_in.Times[start], _in.Series[start], _in.Values[start], _hasArrivals ? _in.Arrivals![start] : 0);
            }
            else
            {
                DecodeGroup(start, end);
            }

            start = end;
        }

        return WithoutEmptySeries();
    }

    private void DecodeGroup(int start, int end)
    {
        _group.Clear();
        for (int i = start; i < end; i++)
        {
            _group.Add((_hasArrivals ? _in.Arrivals![i] : 0, _in.Values[i]));
        }

        _group.Sort();
        int raw = _in.Series[start];
        for (int i = 0; i < _group.Count; i++)
        {
            bool sameArrivalFollows = i + 1 < _group.Count && _group[i + 1].Arrival == _group[i].Arrival;
            if (sameArrivalFollows)
            {
                if (_group[i].Value != _group[i + 1].Value)
                {
                    ReportConflict(_in.Times[start], raw, _group[i].Value, _group[i + 1].Value);
                }
            }
            else if (!_raw[raw].IsCumulative || i == _group.Count - 1)
            {
                Decode(_in.Times[start], raw, _group[i].Value, _group[i].Arrival);
            }
        }
    }

    private void Decode(long time, int raw, double value, long arrival)
    {
        if (!_raw[raw].IsCumulative)
        {
            Emit(time, raw, value, arrival);
            return;
        }

        double last = _lastTotal[raw];
        _lastTotal[raw] = value;
        double increase = value >= last ? value - last : value;
        if (!double.IsNaN(last) && double.IsFinite(increase))
        {
            Emit(time, raw, increase, arrival);
        }
    }

    private void Emit(long time, int raw, double value, long arrival)
    {
        int series = _canonical[raw];
        int last = _out.Count - 1;
        if (last >= 0 && _out.Times[last] == time && _out.Series[last] == series && _lastRaw != raw)
        {
            // Two names of one metric at one time: no correction, for each has its own source.
            if (_out.Values[last] != value)
            {
                ReportConflict(time, raw, Math.Min(value, _out.Values[last]), Math.Max(value, _out.Values[last]));
            }

            _out.Values[last] = Math.Max(value, _out.Values[last]);
            return;
        }

        _out.Add(time, series, value);
        if (_hasArrivals)
        {
            _out.SetArrival(arrival);
        }

        _lastRaw = raw;
    }

    private void ReportConflict(long time, int raw, double smaller, double larger) => _problems.Add(
        "metrics",
        0,
        $"{_raw[raw].Key} has the values {smaller:R} and {larger:R} at {new Timestamp(time)}; the larger is used");

    private MetricRows WithoutEmptySeries()
    {
        int[] index = new int[_keys.Length];
        for (int i = 0; i < _out.Count; i++)
        {
            index[_out.Series[i]] = 1;
        }

        List<SeriesKey> used = [];
        for (int s = 0; s < index.Length; s++)
        {
            if (index[s] == 1)
            {
                index[s] = used.Count;
                used.Add(_keys[s]);
            }
        }

        int[] series = _out.Series;
        for (int i = 0; i < _out.Count; i++)
        {
            series[i] = index[series[i]];
        }

        return new MetricRows([.. used], _out.Count, _out.Times, series, _out.Values, _hasArrivals ? _out.Arrivals : null);
    }
}
