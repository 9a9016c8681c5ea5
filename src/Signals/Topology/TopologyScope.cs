namespace Grainwatch.Signals.Topology;

/// <summary>Cuts a map down to one endpoint or node.</summary>
public static class TopologyScope
{
    /// <summary>The endpoint of <paramref name="id"/> alone, with the edges inside it; an endpoint that the map lacks has nothing below it.</summary>
    public static TopologyMap Of(TopologyMap map, EntityId id)
    {
        if (id.Kind == EntityKind.Node)
        {
            return new TopologyMap([], [id], []);
        }

        EndpointTopology endpoint = map.TryGetEndpoint(id.Endpoint, out EndpointTopology? known)
            ? known
            : new EndpointTopology(EntityId.ForEndpoint(id.Endpoint), null, null, [], []);
        TopologyMap own = new([endpoint], [], []);
        List<DependencyEdge> edges = [.. map.Edges.Where(e => own.Contains(e.Caller) && own.Contains(e.Callee))];
        return edges.Count == 0 ? own : new TopologyMap([endpoint], [], edges);
    }
}
