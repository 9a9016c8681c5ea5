namespace Grainwatch.Signals.Topology;

/// <summary>
/// Adds entities that data speaks of and nobody declared. A discovered component has one copy whose placement is
/// unknown; a discovered GPU brings its instance along.
/// </summary>
public static class TopologyGrowth
{
    /// <summary>The map with the entity (and what it hangs on) in it; the same map when it is there already.</summary>
    public static TopologyMap With(TopologyMap map, EntityId entity)
    {
        if (map.Contains(entity))
        {
            return map;
        }

        if (entity.Kind == EntityKind.Node)
        {
            return new TopologyMap(map.Endpoints, [.. map.Nodes, entity], map.Edges);
        }

        EndpointTopology endpoint = map.TryGetEndpoint(entity.Endpoint, out EndpointTopology? known)
            ? known
            : new EndpointTopology(EntityId.ForEndpoint(entity.Endpoint), null, null, [], []);
        EndpointTopology grown = entity.Kind switch
        {
            EntityKind.Component => WithComponent(endpoint, entity, null),
            EntityKind.Copy => WithComponent(endpoint, entity.Parent!, entity),
            EntityKind.Instance => WithInstance(endpoint, entity, null),
            EntityKind.Gpu => WithInstance(endpoint, entity.Parent!, entity),
            _ => endpoint,
        };
        return new TopologyMap([.. map.Endpoints.Where(e => e.Id != grown.Id), grown], map.Nodes, map.Edges);
    }

    private static EndpointTopology WithComponent(EndpointTopology endpoint, EntityId component, EntityId? copy)
    {
        ComponentTopology? known = endpoint.Components.FirstOrDefault(c => c.Id == component);
        ComponentCopy added = new(copy ?? EntityId.ForCopy(component.Endpoint, component.Component!, "0"), null, []);
        ComponentTopology grown = known is null
            ? new ComponentTopology(component, [added], null)
            : known with { Copies = [.. known.Copies, added] };
        return endpoint with { Components = [.. endpoint.Components.Where(c => c.Id != component), grown] };
    }

    private static EndpointTopology WithInstance(EndpointTopology endpoint, EntityId instance, EntityId? gpu)
    {
        InstanceTopology known = endpoint.Instances.FirstOrDefault(i => i.Id == instance) ?? new InstanceTopology(instance, []);
        InstanceTopology grown = gpu is null ? known : known with { Gpus = [.. known.Gpus, gpu] };
        return endpoint with { Instances = [.. endpoint.Instances.Where(i => i.Id != instance), grown] };
    }
}
