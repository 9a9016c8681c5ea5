using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>The part of a recording that belongs to one endpoint, in the order in which it became known.</summary>
/// <param name="Id">The endpoint or node.</param>
/// <param name="Rows">Indices into the recording's metric rows.</param>
/// <param name="Samples">Answers to score, each id once.</param>
/// <param name="Scores">Answers that were scored elsewhere.</param>
public sealed record EndpointRows(EntityId Id, int[] Rows, IReadOnlyList<ResponseSample> Samples, IReadOnlyList<QualityScore> Scores)
{
    /// <summary>Cuts a recording into endpoints, by key.</summary>
    public static IReadOnlyList<EndpointRows> Of(Recording recording)
    {
        Dictionary<EntityId, int> index = [];
        List<EntityId> ids = [];
        foreach (EntityId id in recording.Topology.Endpoints.Select(e => e.Id))
        {
            index.Add(id, ids.Count);
            ids.Add(id);
        }

        int[] ownerOfSeries = new int[recording.Metrics.Series.Count];
        for (int s = 0; s < ownerOfSeries.Length; s++)
        {
            ownerOfSeries[s] = OwnerIndex(OwnerOf(recording.Metrics.Series[s].Entity), index, ids);
        }

        List<ResponseSample>[] samples = Cut(recording.Samples.DistinctBy(s => (s.Entity, s.Id)), s => OwnerIndex(OwnerOf(s.Entity), index, ids), ids);
        List<QualityScore>[] scores = Cut(recording.Scores, s => OwnerIndex(OwnerOf(s.Entity), index, ids), ids);
        int[][] rows = RowsByOwner(recording.Metrics, ownerOfSeries, ids.Count);
        return [.. ids.Select((id, i) => new EndpointRows(id, rows[i], i < samples.Length ? samples[i] : [], i < scores.Length ? scores[i] : []))
            .OrderBy(e => e.Id)];
    }

    /// <summary>Whose windows an entity belongs to: its endpoint's, or its own when it is a node.</summary>
    public static EntityId OwnerOf(EntityId entity) => entity.Kind == EntityKind.Node ? entity : EntityId.ForEndpoint(entity.Endpoint);

    private static int OwnerIndex(EntityId owner, Dictionary<EntityId, int> index, List<EntityId> ids)
    {
        if (!index.TryGetValue(owner, out int at))
        {
            index.Add(owner, at = ids.Count);
            ids.Add(owner);
        }

        return at;
    }

    private static List<T>[] Cut<T>(IEnumerable<T> items, Func<T, int> owner, List<EntityId> ids)
    {
        List<List<T>> cut = [];
        foreach (T item in items)
        {
            int at = owner(item);
            while (cut.Count < ids.Count)
            {
                cut.Add([]);
            }

            cut[at].Add(item);
        }

        return [.. cut];
    }

    private static int[][] RowsByOwner(MetricRows metrics, int[] ownerOfSeries, int owners)
    {
        int[] counts = new int[owners];
        foreach (int series in metrics.SeriesIndex)
        {
            counts[ownerOfSeries[series]]++;
        }

        int[][] rows = [.. counts.Select(n => new int[n])];
        Array.Clear(counts);
        ReadOnlySpan<int> seriesOfRow = metrics.SeriesIndex;
        for (int row = 0; row < seriesOfRow.Length; row++)
        {
            int owner = ownerOfSeries[seriesOfRow[row]];
            rows[owner][counts[owner]++] = row;
        }

        if (metrics.HasArrivals)
        {
            foreach (int[] own in rows)
            {
                // Rows are in order of event time already; the sort keeps that order among equal arrivals.
                long[] keys = [.. own.Select(r => metrics.KnownAtUnixMs[r])];
                int[] order = [.. Enumerable.Range(0, own.Length).OrderBy(i => keys[i])];
                int[] sorted = [.. order.Select(i => own[i])];
                sorted.CopyTo(own, 0);
            }
        }

        return rows;
    }
}
