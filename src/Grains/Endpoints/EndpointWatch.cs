using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Endpoints;

/// <summary>What the shard of an endpoint has to remember, so that its silence is noticed when its windows are lost with their silo.</summary>
internal sealed class EndpointWatch(EndpointMonitor monitor, TimeProvider time)
{
    /// <summary>How often what has spoken lately is looked through, beside when a series is new.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    /// <summary>How long what was there before is remembered although it is not heard of again: as long as windows reach.</summary>
    private static readonly TimeSpan Remembered = MonitorOptions.Default.Windows.Interval * WindowBlock.RetainedRows;

    private readonly HashSet<int> _expected = [];
    private WatchedSeries[]? _told;
    private long _expectedAt;
    private int _seriesSeen = -1;
    private long _seenAt;

    /// <summary>True: the shard said that it expects data, whether there are any or not.</summary>
    public bool IsExpected { get; private set; }

    /// <summary>What the shard has to be told; null: what it knows already.</summary>
    public WatchedSeries[]? News()
    {
        int series = monitor.Block.Series.Count;
        if (monitor.Block.Newest is null || (series == _seriesSeen && time.GetElapsedTime(_seenAt) < Again))
        {
            return null;
        }

        (_seriesSeen, _seenAt) = (series, time.GetTimestamp());
        WatchedSeries[] watched = List();
        return watched.AsSpan().SequenceEqual(_told) ? null : watched;
    }

    /// <summary>The shard has taken in what it was told.</summary>
    public void Told(WatchedSeries[]? watched) => _told = watched ?? _told;

    /// <summary>The shard was not to be had: it is told again.</summary>
    public void NotTold() => (_told, _seriesSeen) = (null, -1);

    /// <summary>Takes in what there was before: what has spoken once is missed, not unknown.</summary>
    public void Expect(WatchedSeries[] watched)
    {
        IsExpected = true;
        _expectedAt = time.GetTimestamp();
        foreach (WatchedSeries one in watched)
        {
            if (EntityId.TryParseKey(one.Entity, out EntityId? entity) && monitor.Id.Endpoint == entity!.Endpoint)
            {
                _expected.Add(monitor.Column(new SeriesKey(entity, MetricName.Of(one.Metric, one.Statistic))));
            }
        }
    }

    /// <summary>One series for each component, and for the endpoint, of those that the windows hold a point of.</summary>
    private WatchedSeries[] List()
    {
        if (monitor.Id.Kind != EntityKind.Endpoint || monitor.Block.Oldest is not { } oldest)
        {
            return [];
        }

        if (time.GetElapsedTime(_expectedAt) > Remembered)
        {
            _expected.Clear();
        }

        IReadOnlyList<SeriesKey> all = monitor.Block.Series;
        Dictionary<EntityId, SeriesKey> first = [];
        for (int column = 0; column < all.Count; column++)
        {
            EntityId of = ComponentOf(all[column].Entity) ?? monitor.Id;
            if (!first.ContainsKey(of) && (monitor.Block.LastPoint(column) >= oldest || _expected.Contains(column)))
            {
                first[of] = all[column];
            }
        }

        return [.. first.Values.OrderBy(s => s.Entity.Key, StringComparer.Ordinal).Take(WatchedSeries.Max)
            .Select(s => new WatchedSeries(s.Entity.Key, s.Metric.Base, s.Metric.Statistic))];
    }

    private static EntityId? ComponentOf(EntityId entity)
    {
        EntityId? at = entity;
        while (at is not null && at.Kind != EntityKind.Component)
        {
            at = at.Parent;
        }

        return at;
    }
}
