using System.Buffers.Binary;
using System.Text;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Finds the series of a row by the bytes of its two names, without making strings.
/// </summary>
/// <remarks>
/// Sources write their series in the same order again and again, so the first guess is the series that followed the
/// last one before; a table with open addressing answers the rest.
/// </remarks>
internal sealed class RawSeriesTable(TopologyMap topology, MetricCatalogue catalogue, int maxSeries)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<RawSeries> _series = [];
    private int[] _slots = NewSlots(1024);
    private int _last = -1;

    public IReadOnlyList<RawSeries> Series => _series;

    /// <summary>The index of a series, made at the first sight of it.</summary>
    /// <param name="entity">Name of the entity.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="reason">Why there is none, or why its rows are left out, at the first sight; else null.</param>
    /// <returns>-1 when there is none.</returns>
    public int Find(ReadOnlySpan<byte> entity, ReadOnlySpan<byte> metric, out string? reason)
    {
        reason = null;
        if (_last >= 0)
        {
            int guess = _series[_last].Follower;
            if (guess >= 0 && _series[guess].Is(entity, metric))
            {
                return _last = guess;
            }
        }

        uint slot = Hash(entity, metric) & (uint)(_slots.Length - 1);
        while (_slots[slot] >= 0 && !_series[_slots[slot]].Is(entity, metric))
        {
            slot = (slot + 1) & (uint)(_slots.Length - 1);
        }

        int found = _slots[slot];
        if (found < 0)
        {
            found = TryAdd(entity, metric, slot, out reason);
            if (found < 0)
            {
                return -1;
            }
        }

        if (_last >= 0)
        {
            _series[_last].Follower = found;
        }

        return _last = found;
    }

    private int TryAdd(ReadOnlySpan<byte> entity, ReadOnlySpan<byte> metric, uint slot, out string? reason)
    {
        reason = null;
        if (entity.IsEmpty || metric.IsEmpty)
        {
            reason = entity.IsEmpty ? "no entity" : "no metric";
            return -1;
        }

        if (_series.Count >= maxSeries)
        {
            reason = $"more than {maxSeries} series";
            return -1;
        }

        string entityName;
        string metricName;
        try
        {
            entityName = Strict.GetString(entity);
            metricName = Strict.GetString(metric);
        }
        catch (DecoderFallbackException)
        {
            reason = "a name is not UTF-8";
            return -1;
        }

        if (!topology.TryResolve(entityName, out EntityId? known))
        {
            reason = $"entity '{Short(entityName)}' is not in topology.json, or its short name is not unique";
        }

        _series.Add(new RawSeries(entity.ToArray(), metric.ToArray(), metricName, known, catalogue.Resolve(metricName)));
        _slots[slot] = _series.Count - 1;
        if (_series.Count * 2 > _slots.Length)
        {
            Grow();
        }

        return _series.Count - 1;
    }

    private void Grow()
    {
        _slots = NewSlots(_slots.Length * 2);
        for (int i = 0; i < _series.Count; i++)
        {
            uint slot = Hash(_series[i].EntityBytes, _series[i].MetricBytes) & (uint)(_slots.Length - 1);
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & (uint)(_slots.Length - 1);
            }

            _slots[slot] = i;
        }
    }

    private static int[] NewSlots(int length)
    {
        int[] slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }

    private static uint Hash(ReadOnlySpan<byte> entity, ReadOnlySpan<byte> metric) =>
        (uint)(Mix(Mix(0x9E37_79B9_7F4A_7C15, entity), metric) >> 32);

    private static ulong Mix(ulong state, ReadOnlySpan<byte> bytes)
    {
        const ulong Odd = 0xD6E8_FEB8_6659_FD93;
        while (bytes.Length >= 8)
        {
            state = (state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Odd;
            state ^= state >> 29;
            bytes = bytes[8..];
        }

        ulong tail = (ulong)bytes.Length << 56;
        for (int i = 0; i < bytes.Length; i++)
        {
            tail |= (ulong)bytes[i] << (8 * i);
        }

        state = (state ^ tail) * Odd;
        return state ^ (state >> 29);
    }

    private static string Short(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
