using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules;

/// <summary>Which entities a rule is about: its scope, narrowed by patterns over the parts of the entity and over labels.</summary>
public static class RuleSelection
{
    private const string JudgeEndpoint = "_judge";
    private const string SourceEndpoint = "_source";
    private static readonly string[] Parts = ["endpoint", "variant", "instanceType", "component", "copy", "instance", "gpu", "entity"];

    /// <summary>The targets of a rule, in the order of the topology.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="topology">What exists.</param>
    /// <param name="series">The series there are: needed by a rule that selects labels, which has one target per set of labels.</param>
    public static IReadOnlyList<RuleTarget> Select(Rule rule, TopologyMap topology, IReadOnlyList<SeriesKey>? series = null)
    {
        LabelGlob[] parts = [.. rule.Select.Where(g => IsPart(g.Name))];
        LabelGlob[] labels = [.. rule.Select.Where(g => !IsPart(g.Name))];
        List<EntityId> entities = [.. topology.Entities.Where(e => rule.Scopes.Any(s => InScope(e, s)) && Array.TrueForAll(parts, g => Matches(g, e, topology)))];
        if (labels.Length == 0)
        {
            return [.. entities.Select(e => new RuleTarget(e))];
        }

        ILookup<EntityId, LabelSet> byEntity = (series ?? [])
            .Where(s => Array.TrueForAll(labels, g => s.Residual[g.Name] is { } value && g.Matches(value)))
            .ToLookup(s => s.Entity, s => s.Residual);
        return [.. entities.SelectMany(e => byEntity[e].Distinct().OrderBy(l => l.ToString(), StringComparer.Ordinal).Select(l => new RuleTarget(e, l)))];
    }

    /// <summary>True: the rule is about the entity, whatever its series are.</summary>
    public static bool Selects(Rule rule, EntityId entity, TopologyMap topology) =>
        rule.Scopes.Any(s => InScope(entity, s)) && rule.Select.Where(g => IsPart(g.Name)).All(g => Matches(g, entity, topology));

    private static bool IsPart(string name) => Array.IndexOf(Parts, name) >= 0;

    private static bool InScope(EntityId entity, RuleScope scope)
    {
        bool isPseudo = entity.Endpoint is JudgeEndpoint or SourceEndpoint;
        return scope switch
        {
            RuleScope.Judge => entity is { Kind: EntityKind.Component, Endpoint: JudgeEndpoint },
            RuleScope.Source => entity is { Kind: EntityKind.Component, Endpoint: SourceEndpoint },
            RuleScope.Endpoint => entity.Kind == EntityKind.Endpoint && !isPseudo,
            RuleScope.Component => entity.Kind == EntityKind.Component && !isPseudo,
            RuleScope.Copy => entity.Kind == EntityKind.Copy && !isPseudo,
            RuleScope.Instance => entity.Kind == EntityKind.Instance,
            RuleScope.Gpu => entity.Kind == EntityKind.Gpu,
            _ => entity.Kind == EntityKind.Node,
        };
    }

    private static bool Matches(LabelGlob glob, EntityId entity, TopologyMap topology)
    {
        topology.TryGetEndpoint(entity.Endpoint, out EndpointTopology? endpoint);
        switch (glob.Name)
        {
            case "endpoint":
                return entity.Kind != EntityKind.Node && glob.Matches(entity.Endpoint);
            case "variant":
                return endpoint?.Variant is { } variant && glob.Matches(variant);
            case "instanceType":
                return endpoint?.InstanceType is { } type && glob.Matches(type);
            case "component" when entity.Component is { } component:
                return glob.Matches(component);
            case "component":
                return topology.Relatives(entity, EntityKind.Component).Any(c => glob.Matches(c.Component!));
            case "copy":
                return entity is { Kind: EntityKind.Copy, Leaf: { } copy } && glob.Matches(copy);
            case "instance":
                return entity.Instance is { } instance && glob.Matches(instance);
            case "gpu":
                return entity is { Kind: EntityKind.Gpu, Leaf: { } gpu } && glob.Matches(gpu);
            default:
                return glob.Matches(topology.Format(entity));
        }
    }
}
