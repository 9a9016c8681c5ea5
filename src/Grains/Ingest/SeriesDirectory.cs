using System.Collections.Concurrent;
using Grainwatch.Grains.Interfaces.Ingest;
using Orleans.Runtime;

namespace Grainwatch.Grains.Ingest;

/// <summary>
/// The source series that this silo can place, by the hash of their labels: no label is kept and no string is made on the
/// way of a sample. Of a series whose endpoint lives here it knows the column; that entry is made by the endpoint's grain
/// when the series came with its labels. Of one that lives elsewhere it knows the silo, to which its samples are handed on.
/// </summary>
/// <param name="silo">This silo.</param>
public sealed class SeriesDirectory(ILocalSiloDetails silo)
{
    /// <summary>Beyond this, here and elsewhere each, series go to their grain with their labels each time: slower, and as right.</summary>
    public const int Max = 4_000_000;

    private readonly ConcurrentDictionary<SourceHash, SeriesPlace> _places = new();
    private readonly ConcurrentDictionary<SourceHash, SiloAddress> _elsewhere = new();

    /// <summary>This silo.</summary>
    public SiloAddress Here => silo.SiloAddress;

    internal bool TryRegister(SourceHash series, SeriesPlace place)
    {
        // Counting takes every lock of the table, so what is known is not counted.
        if (!_places.ContainsKey(series) && _places.Count >= Max)
        {
            return false;
        }

        _places[series] = place;
        _elsewhere.TryRemove(series, out _);
        return true;
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

    /// <summary>Takes in that a series lives in another silo.</summary>
    internal void Learn(SourceHash series, SiloAddress elsewhere)
    {
        if (!series.IsNone && !elsewhere.Equals(Here) && (_elsewhere.ContainsKey(series) || _elsewhere.Count < Max))
        {
            _elsewhere[series] = elsewhere;
        }
    }

    /// <summary>The other silo in which a series lives, as far as is known here; null: unknown.</summary>
    internal SiloAddress? FindElsewhere(SourceHash series) => _elsewhere.GetValueOrDefault(series);

    /// <summary>Takes in that a series does not live in a silo any more.</summary>
    internal void Unlearn(SourceHash series, SiloAddress elsewhere) => _elsewhere.TryRemove(KeyValuePair.Create(series, elsewhere));

    /// <summary>Takes in that nothing lives in a silo any more.</summary>
    internal void UnlearnAll(SiloAddress elsewhere)
    {
        foreach ((SourceHash series, SiloAddress at) in _elsewhere)
        {
            if (at.Equals(elsewhere))
            {
                Unlearn(series, elsewhere);
            }
        }
    }
}
