using System.Buffers;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Ingest;

/// <summary>
/// Writes one frame: finds the place of each series, gathers the points of each endpoint, and writes them under one taking
/// of its block's gate, whatever order the sender chose.
/// </summary>
internal sealed class FrameWriter(SeriesDirectory directory, Timestamp now)
{
    private readonly List<WindowLease> _leases = [];
    private readonly Dictionary<WindowLease, int> _indexOfLease = [];
    private readonly Dictionary<(string Endpoint, string Reason), int> _refused = [];
    private readonly SortedSet<int> _unknown = [];
    private WindowPoint[] _points = [];
    private int[] _leaseOf = [];
    private int[] _seriesOf = [];
    private int _count;
    private int _accepted;

    /// <summary>The leases under which something was written.</summary>
    public IReadOnlyList<WindowLease> Leases => _leases;

    public FrameReceipt Write(SampleFrame frame)
    {
        int most = frame.TimesUnixMs.Length;
        (_points, _leaseOf, _seriesOf) = (Rent<WindowPoint>(most), Rent<int>(most), Rent<int>(most));
        for (int series = 0; series < frame.Series.Length; series++)
        {
            if (directory.Find(frame.Series[series]) is { } place)
            {
                Take(frame, series, place);
            }
            else
            {
                _unknown.Add(series);
            }
        }

        Store();
        Return(_points);
        Return(_leaseOf);
        Return(_seriesOf);
        return new FrameReceipt(_accepted, [.. _unknown], [.. _refused.Select(r => new FrameRefusal(r.Key.Endpoint, r.Key.Reason, r.Value))]);
    }

    private void Take(SampleFrame frame, int series, SeriesPlace place)
    {
        int lease = Index(place.Lease);
        for (int i = frame.FirstSample[series]; i < frame.EndOf(series); i++)
        {
            long time = frame.TimesUnixMs[i];
            double value = frame.Values[i] * place.Scale;
            if (PointTime.Refusal(time, now) is { } refusal)
            {
                Refuse(place.Lease, refusal);
            }
            else if (place.Counter is null || double.IsNaN(value))
            {
                Add(series, lease, new WindowPoint(place.Column, time, value));
            }
            else
            {
                Count(series, lease, place, time, value);
            }
        }
    }

    private void Count(int series, int lease, SeriesPlace place, long time, double total)
    {
        switch (SourceDecoder.Decode(place.Counter!, new Timestamp(time), total, out double increase))
        {
            case DecodeOutcome.Decoded:
                Add(series, lease, new WindowPoint(place.Column, time, increase));
                break;
            case DecodeOutcome.NotFinite:
                Refuse(place.Lease, UpsertOutcome.NotFinite);
                break;
            default:
                _accepted++;
                break;
        }
    }

    private void Add(int series, int lease, WindowPoint point)
    {
        _points[_count] = point;
        _leaseOf[_count] = lease;
        _seriesOf[_count] = series;
        _count++;
    }

    private int Index(WindowLease lease)
    {
        if (_leases.Count > 0 && ReferenceEquals(_leases[^1], lease))
        {
            return _leases.Count - 1;
        }

        if (!_indexOfLease.TryGetValue(lease, out int index))
        {
            _indexOfLease[lease] = index = _leases.Count;
            _leases.Add(lease);
        }

        return index;
    }

    /// <summary>Puts the points in the order of their leases, each lease's in the order of the frame, and writes lease by lease.</summary>
    private void Store()
    {
        int[] starts = new int[_leases.Count + 1];
        for (int i = 0; i < _count; i++)
        {
            starts[_leaseOf[i] + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        WindowPoint[] gathered = Rent<WindowPoint>(_count);
        int[] seriesOf = Rent<int>(_count);
        UpsertOutcome[] outcomes = Rent<UpsertOutcome>(_count);
        int[] next = [.. starts];
        for (int i = 0; i < _count; i++)
        {
            int at = next[_leaseOf[i]]++;
            gathered[at] = _points[i];
            seriesOf[at] = _seriesOf[i];
        }

        for (int lease = 0; lease < _leases.Count; lease++)
        {
            Range part = starts[lease]..starts[lease + 1];
            _leases[lease].Monitor.Block.Upsert(gathered.AsSpan(part), now, outcomes.AsSpan(part));
            for (int i = starts[lease]; i < starts[lease + 1]; i++)
            {
                Settle(_leases[lease], seriesOf[i], outcomes[i]);
            }
        }

        Return(gathered);
        Return(seriesOf);
        Return(outcomes);
    }

    // What is not given back, because something was thrown, is collected like everything else.
    private static T[] Rent<T>(int length) => ArrayPool<T>.Shared.Rent(length);

    private static void Return<T>(T[] array) => ArrayPool<T>.Shared.Return(array);

    private void Settle(WindowLease lease, int series, UpsertOutcome outcome)
    {
        if (outcome.IsAccepted())
        {
            _accepted++;
        }
        else if (outcome == UpsertOutcome.Closed)
        {
            // The block moved between being found and being written: its grain takes the series, from wherever it is now.
            _unknown.Add(series);
        }
        else
        {
            Refuse(lease, outcome);
        }
    }

    private void Refuse(WindowLease lease, UpsertOutcome outcome)
    {
        (string Endpoint, string Reason) key = (lease.Monitor.Id.ToString(), outcome.ToString());
        _refused[key] = _refused.GetValueOrDefault(key) + 1;
    }
}
