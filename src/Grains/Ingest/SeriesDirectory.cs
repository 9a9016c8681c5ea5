using System.Collections.Concurrent;
using Grainwatch.Grains.Interfaces.Ingest;

namespace Grainwatch.Grains.Ingest;

/// <summary>
/// The source series whose endpoints live in this silo, by the hash of their labels: no label is kept and no string is made
/// on the way of a sample. An entry is made by the endpoint's grain when the series came with its labels.
/// </summary>
public sealed class SeriesDirectory
{
    /// <summary>Beyond this, series go to their grain with their labels each time: slower, and as right.</summary>
    public const int Max = 4_000_000;

    private readonly ConcurrentDictionary<SourceHash, SeriesPlace> _places = new();

    internal void Register(SourceHash series, SeriesPlace place)
    {
        // Counting takes every lock of the table, so what is known is not counted.
        if (_places.ContainsKey(series) || _places.Count < Max)
        {
            _places[series] = place;
        }
    }

    /// <summary>Null: unknown, or its windows are no longer there.</summary>
    internal SeriesPlace? Find(SourceHash series)
    {
        if (series.IsNone || !_places.TryGetValue(series, out SeriesPlace? place))
        {
            return null;
        }

        if (place.Lease.IsLive)
        {
            return place;
        }

        _places.TryRemove(KeyValuePair.Create(series, place));
        return null;
    }
}
