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
