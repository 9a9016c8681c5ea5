using System.Globalization;
using System.Text;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>
/// All that the nodes of rules depend on beside the rules: how many entities there are, of which kinds, who is whose relative,
/// and which rule is about whom; never what they are called. A text, equal where nodes would be.
/// </summary>
internal static class ProgramShape
{
    private static readonly EntityKind[] Kinds = Enum.GetValues<EntityKind>();

    /// <param name="targets">Rules with those that they are about.</param>
    /// <param name="nodes">Numbers the entities.</param>
    public static string Of(IReadOnlyList<(Rule Rule, RuleTarget Target)> targets, NodeTable nodes)
    {
        StringBuilder shape = new();
        Dictionary<EntityId, int> numbers = [];
        foreach ((int number, EntityId entity) in nodes.Entities.Index())
        {
            numbers[entity] = number;
        }

        shape.Append(CultureInfo.InvariantCulture, $"{nodes.Interval.Ticks}");
        foreach (EntityId entity in nodes.Entities)
        {
            shape.Append('\n').Append((int)entity.Kind);
            Append(entity.Parent);
            foreach (EntityKind kind in Kinds)
            {
                shape.Append(';');
                foreach (EntityId relative in nodes.Topology.Relatives(entity, kind))
                {
                    Append(relative);
                }
            }

            if (nodes.Topology.TryGetEndpoint(entity.Endpoint, out EndpointTopology? endpoint) && entity.Kind == EntityKind.Copy)
            {
                Append(endpoint.Components.SelectMany(c => c.Copies).FirstOrDefault(k => k.Id == entity)?.Instance);
            }

            if (entity.Kind == EntityKind.Component && endpoint is { Components.Count: 1 })
            {
                shape.Append('!');
            }
        }

        foreach ((Rule rule, RuleTarget target) in targets)
        {
            shape.Append('\n').Append(rule.Id);
            Append(target.Entity);
            if (target.Residual.Count > 0)
            {
                shape.Append(target.Residual);
            }
        }

        return shape.ToString();

        // Who has no number is named, so that no two shapes with such entities are taken for one.
        void Append(EntityId? entity) => _ = entity is null ? shape.Append(",-")
            : numbers.TryGetValue(entity, out int number) ? shape.Append(',').Append(number)
            : shape.Append(',').Append(entity.Key);
    }
}
