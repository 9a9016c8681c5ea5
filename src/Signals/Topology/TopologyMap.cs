using System.Diagnostics.CodeAnalysis;

namespace Grainwatch.Signals.Topology;

/// <summary>
/// What exists and how it hangs together: endpoints with their instances, GPUs and components, generic nodes, and the
/// dependency edges between any of them. Immutable; a change of topology is another map.
/// </summary>
/// <remarks>Its tables are plain ones: every endpoint has a map, and frozen tables of so few entities take four times the room.</remarks>
public sealed class TopologyMap
{
    private readonly Dictionary<string, EntityId> _byText;
    private readonly Dictionary<EntityId, EntityId[]> _callees;
    private readonly Dictionary<EntityId, EntityId[]> _callers;
    private readonly Dictionary<EntityId, EntityId[]> _components;
    private readonly Dictionary<EntityId, EntityId[]> _gpus;
    private readonly Dictionary<string, EndpointTopology> _endpoints;
    private readonly HashSet<EntityId> _known;

    public TopologyMap(
        IReadOnlyList<EndpointTopology> endpoints,
        IReadOnlyList<EntityId> nodes,
        IReadOnlyList<DependencyEdge> edges)
    {
        Endpoints = endpoints;
        Nodes = nodes;
        Edges = edges;
        Entities = [.. endpoints.SelectMany(All).Concat(nodes).Distinct()];
        _known = [.. Entities];
        _endpoints = endpoints.ToDictionary(e => e.Id.Endpoint, StringComparer.Ordinal);
        _byText = ByText(Entities);
        _callees = Grouped(edges.Select(e => (e.Caller, e.Callee)));
        _callers = Grouped(edges.Select(e => (e.Callee, e.Caller)));

        var placed = endpoints.SelectMany(e => e.Components).SelectMany(c => c.Copies.SelectMany(k => k.Gpus.Select(g => (Component: c.Id, Gpu: g)))).ToList();
        _gpus = Grouped(placed.Select(p => (p.Component, p.Gpu)));
        _components = Grouped(placed.Select(p => (p.Gpu, p.Component)));
    }

    /// <summary>A map without any entity.</summary>
    public static TopologyMap Empty { get; } = new([], [], []);

    public IReadOnlyList<EndpointTopology> Endpoints { get; }

    public IReadOnlyList<EntityId> Nodes { get; }

    public IReadOnlyList<DependencyEdge> Edges { get; }

    /// <summary>Every entity once: endpoints with all below them in declaration order, then nodes.</summary>
    public IReadOnlyList<EntityId> Entities { get; }

    public bool Contains(EntityId entity) => _known.Contains(entity);

    /// <summary>The object of this map that names the same entity, so that one is kept of many; the given one where there is none.</summary>
    public EntityId Own(EntityId entity) => _known.TryGetValue(entity, out EntityId? own) ? own : entity;

    public bool TryGetEndpoint(string endpoint, [NotNullWhen(true)] out EndpointTopology? topology) =>
        _endpoints.TryGetValue(endpoint, out topology);

    /// <summary>
    /// Finds the entity that a text names: a node's literal id first, then a <see cref="EntityId.Key"/>, then the short
    /// form where only one entity has it.
    /// </summary>
    /// <returns>False when nothing, or more than one entity, has that name.</returns>
    public bool TryResolve(string text, [NotNullWhen(true)] out EntityId? entity) => _byText.TryGetValue(text, out entity);

    /// <summary>The name for people: the short form, or the key where the short form would be ambiguous.</summary>
    public string Format(EntityId entity)
    {
        string text = entity.ToString();
        return !_known.Contains(entity) || (_byText.TryGetValue(text, out EntityId? found) && found == entity) ? text : entity.Key;
    }

    /// <summary>The entities that the given one calls.</summary>
    public IReadOnlyList<EntityId> Callees(EntityId entity) => Of(_callees, entity);

    /// <summary>The entities that call the given one.</summary>
    public IReadOnlyList<EntityId> Callers(EntityId entity) => Of(_callers, entity);

    /// <summary>The GPUs on which a component is known to run; empty when its placement is unknown.</summary>
    public IReadOnlyList<EntityId> GpusOf(EntityId component) => Of(_gpus, component);

    /// <summary>
    /// The GPUs on which a component may run: those it is known to run on, else those of the instances on which its copies
    /// are, else, when no copy has a place, all of its endpoint. A statement about these says "may".
    /// </summary>
    public IReadOnlyList<EntityId> PossibleGpusOf(EntityId component)
    {
        IReadOnlyList<EntityId> known = GpusOf(component);
        return known.Count > 0 || !_endpoints.TryGetValue(component.Endpoint, out EndpointTopology? endpoint)
            ? known
            : [.. PossibleInstancesOf(endpoint, component).SelectMany(i => i.Gpus)];
    }

    /// <summary>The components that are known to run on a GPU.</summary>
    public IReadOnlyList<EntityId> ComponentsOn(EntityId gpu) => Of(_components, gpu);

    /// <summary>
    /// The relatives of one kind below (or beside) an entity, as <c>any KIND (…)</c> in a rule means them: a component's
    /// GPUs and instances are those it may run on; an endpoint has all.
    /// </summary>
    public IReadOnlyList<EntityId> Relatives(EntityId entity, EntityKind kind)
    {
        if (!_endpoints.TryGetValue(entity.Endpoint, out EndpointTopology? endpoint) || entity.Kind == EntityKind.Node)
        {
            return [];
        }

        return (entity.Kind, kind) switch
        {
            (EntityKind.Endpoint, EntityKind.Component) => [.. endpoint.Components.Select(c => c.Id)],
            (EntityKind.Endpoint, EntityKind.Copy) => [.. endpoint.Components.SelectMany(c => c.Copies).Select(k => k.Id)],
            (EntityKind.Endpoint, EntityKind.Instance) => [.. endpoint.Instances.Select(i => i.Id)],
            (EntityKind.Endpoint, EntityKind.Gpu) => [.. endpoint.Instances.SelectMany(i => i.Gpus)],
            (EntityKind.Component, EntityKind.Copy) => [.. endpoint.Components.Where(c => c.Id == entity).SelectMany(c => c.Copies).Select(k => k.Id)],
            (EntityKind.Component, EntityKind.Gpu) => PossibleGpusOf(entity),
            (EntityKind.Component, EntityKind.Instance) => [.. PossibleInstancesOf(endpoint, entity).Select(i => i.Id)],
            (EntityKind.Copy, EntityKind.Component) => [entity.Parent!],
            (EntityKind.Copy, EntityKind.Instance) => [.. endpoint.Components.SelectMany(c => c.Copies).Where(k => k.Id == entity).Select(k => k.Instance).OfType<EntityId>()],
            (EntityKind.Copy, EntityKind.Gpu) => [.. endpoint.Components.SelectMany(c => c.Copies).Where(k => k.Id == entity).SelectMany(k => k.Gpus)],
            (EntityKind.Instance, EntityKind.Gpu) => [.. endpoint.Instances.Where(i => i.Id == entity).SelectMany(i => i.Gpus)],
            (EntityKind.Instance, EntityKind.Component) => [.. endpoint.Components.Select(c => c.Id).Where(c => PossibleInstancesOf(endpoint, c).Any(i => i.Id == entity))],
            (EntityKind.Gpu, EntityKind.Component) => ComponentsOn(entity),
            (EntityKind.Gpu, EntityKind.Instance) => [entity.Parent!],
            _ when kind == entity.Kind => [entity],
            (_, EntityKind.Endpoint) => [endpoint.Id],
            _ => [],
        };
    }

    private static IEnumerable<InstanceTopology> PossibleInstancesOf(EndpointTopology endpoint, EntityId component)
    {
        HashSet<EntityId> places = [.. endpoint.Components.Where(c => c.Id == component).SelectMany(c => c.Copies).Select(k => k.Instance).OfType<EntityId>()];
        return places.Count == 0 ? endpoint.Instances : endpoint.Instances.Where(i => places.Contains(i.Id));
    }

    private static IEnumerable<EntityId> All(EndpointTopology endpoint) =>
        [
            endpoint.Id,
            .. endpoint.Components.SelectMany(c => c.Copies.Select(k => k.Id).Prepend(c.Id)),
            .. endpoint.Instances.SelectMany(i => i.Gpus.Prepend(i.Id)),
        ];

    private static Dictionary<string, EntityId> ByText(IReadOnlyList<EntityId> entities)
    {
        Dictionary<string, EntityId> byText = new(StringComparer.Ordinal);
        HashSet<string> ambiguous = new(StringComparer.Ordinal);
        foreach (EntityId entity in entities.OrderByDescending(e => e.Kind == EntityKind.Node))
        {
            string text = entity.ToString();
            bool taken = byText.TryGetValue(text, out EntityId? other);
            if (taken && other!.Kind != EntityKind.Node && other != entity)
            {
                ambiguous.Add(text);
            }

            byText.TryAdd(text, entity);
            byText.TryAdd(entity.Key, entity);
        }

        foreach (string text in ambiguous)
        {
            byText.Remove(text);
        }

        byText.TrimExcess();
        return byText;
    }

    private static Dictionary<EntityId, EntityId[]> Grouped(IEnumerable<(EntityId Key, EntityId Value)> pairs) =>
        pairs.GroupBy(p => p.Key, p => p.Value).ToDictionary(g => g.Key, g => g.Distinct().ToArray());

    private static IReadOnlyList<EntityId> Of(Dictionary<EntityId, EntityId[]> map, EntityId entity) =>
        map.TryGetValue(entity, out EntityId[]? found) ? found : [];
}
