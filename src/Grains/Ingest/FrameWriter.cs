using System.Buffers;
using System.Runtime.CompilerServices;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
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
    private CounterDecoder?[] _counterOf = [];
    private int _count;
    private int _accepted;

    /// <summary>The leases under which something was written.</summary>
    public IReadOnlyList<WindowLease> Leases => _leases;

    public FrameReceipt Write(SampleFrame frame)
    {
        int most = frame.TimesUnixMs.Length;
        (_points, _leaseOf, _seriesOf, _counterOf) = (Rent<WindowPoint>(most), Rent<int>(most), Rent<int>(most), Rent<CounterDecoder?>(most));
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
        Return(_counterOf);
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
            else
            {
                _points[_count] = new WindowPoint(place.Column, time, value);
                _leaseOf[_count] = lease;
                _seriesOf[_count] = series;
                _counterOf[_count] = double.IsNaN(value) ? null : place.Counter;
                _count++;
            }
        }
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
        CounterDecoder?[] counterOf = Rent<CounterDecoder?>(_count);
        UpsertOutcome[] outcomes = Rent<UpsertOutcome>(_count);
        int[] next = [.. starts];
        for (int i = 0; i < _count; i++)
        {
            int at = next[_leaseOf[i]]++;
            (gathered[at], seriesOf[at], counterOf[at]) = (_points[i], _seriesOf[i], _counterOf[i]);
        }

        for (int lease = 0; lease < _leases.Count; lease++)
        {
            Range part = starts[lease]..starts[lease + 1];
            Store(_leases[lease], gathered.AsSpan(part), counterOf.AsSpan(part), seriesOf.AsSpan(part), outcomes.AsSpan(part));
        }

        Return(gathered);
        Return(seriesOf);
        Return(counterOf);
        Return(outcomes);
    }

    /// <summary>
    /// Decodes and writes under one taking of the gate: a total that a decoder has taken in is in the block with which the decoder is
    /// handed over, or in neither.
    /// </summary>
    private void Store(
        WindowLease lease, Span<WindowPoint> points, ReadOnlySpan<CounterDecoder?> counters, Span<int> series, Span<UpsertOutcome> outcomes)
    {
        WindowBlock block = lease.Monitor.Block;
        int count = 0;
        lock (block.Gate)
        {
            for (int i = 0; i < points.Length; i++)
            {
                if (counters[i] is not { } counter || block.IsClosed)
                {
                    (points[count], series[count]) = (points[i], series[i]);
                    count++;
                    continue;
                }

                switch (SourceDecoder.Decode(counter, new Timestamp(points[i].TimeUnixMs), points[i].Value, out double increase))
                {
                    case DecodeOutcome.Decoded:
                        (points[count], series[count]) = (points[i] with { Value = increase }, series[i]);
                        count++;
                        break;
                    case DecodeOutcome.NotFinite:
                        Refuse(lease, UpsertOutcome.NotFinite);
                        break;
                    default:
                        _accepted++;
                        break;
                }
            }

            block.Upsert(points[..count], now, outcomes);
        }

        for (int i = 0; i < count; i++)
        {
            Settle(lease, series[i], outcomes[i]);
        }
    }

    // What is not given back, because something was thrown, is collected like everything else.
    private static T[] Rent<T>(int length) => ArrayPool<T>.Shared.Rent(length);

    private static void Return<T>(T[] array) =>
        ArrayPool<T>.Shared.Return(array, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());

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
