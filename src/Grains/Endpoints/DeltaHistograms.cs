using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Endpoints;

/// <summary>
/// Adds up the buckets of histograms whose source tells increases, so that they can be read like the running totals of all
/// other sources. A repeat of the newest instant replaces it; an older instant changes nothing.
/// </summary>
internal sealed class DeltaHistograms
{
    private readonly Dictionary<(SeriesKey Key, string Part, double Bound), (Timestamp Time, double Before, double Total)> _totals = [];

    public DeltaEntry[] Save() => [.. _totals.Select(t => new DeltaEntry(
        StoredSeriesKey.Of(t.Key.Key), t.Key.Part, t.Key.Bound, t.Value.Time, t.Value.Before, t.Value.Total))];

    public static DeltaHistograms Restore(IEnumerable<DeltaEntry> entries)
    {
        DeltaHistograms deltas = new();
        foreach (DeltaEntry entry in entries)
        {
            deltas._totals[(entry.Key.ToKey(), entry.Part, entry.Bound)] = (entry.Time, entry.Before, entry.Total);
        }

        return deltas;
    }

    /// <returns>The running total; null when the state of so many buckets is not kept.</returns>
    public double? Add(in SourceSeries bucket, Timestamp time, double increase)
    {
        (SeriesKey, string, double) key = (bucket.Key, bucket.Part, bucket.UpperBound);
        if (!_totals.TryGetValue(key, out (Timestamp Time, double Before, double Total) known))
        {
            if (_totals.Count >= SourceDecoder.MaxSources)
            {
                return null;
            }

            // The instant before the first is not known: it counts as nothing, and the first increase is whole.
            known = (Timestamp.MinValue, 0, 0);
        }

        if (time < known.Time)
        {
            return known.Total;
        }

        double before = time == known.Time ? known.Before : known.Total;
        _totals[key] = (time, before, before + increase);
        return before + increase;
    }
}
