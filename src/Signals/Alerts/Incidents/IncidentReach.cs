using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// Whether trouble at one entity may have to do with trouble at another: the same one, one above the other, or a path of
/// dependencies (calls, runs on) from one to the other.
/// </summary>
/// <remarks>
/// "Above" means that one is an ancestor of the other. A common ancestor is not enough: all entities of an endpoint have
/// one, and then there would never be two incidents.
/// </remarks>
public static class IncidentReach
{
    /// <summary>A search visits at most this many entities; what lies beyond counts as unrelated.</summary>
    public const int VisitedMax = 4096;

    public static bool IsRelated(TopologyMap topology, EntityId one, EntityId other) =>
        one == other || IsAbove(one, other) || IsAbove(other, one) || Reaches(topology, one, other) || Reaches(topology, other, one);

    /// <summary>True: the entity is the given one or lies below it.</summary>
    public static bool IsWithin(EntityId entity, EntityId upper) => entity == upper || IsAbove(upper, entity);

    private static bool IsAbove(EntityId upper, EntityId lower)
    {
        for (EntityId? parent = lower.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent == upper)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Reaches(TopologyMap topology, EntityId from, EntityId to)
    {
        HashSet<EntityId> seen = [from];
        Queue<EntityId> open = new([from]);
        while (open.TryDequeue(out EntityId? entity) && seen.Count < VisitedMax)
        {
            foreach (EntityId next in DependsOn(topology, entity))
            {
                if (next == to)
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return false;
    }

    private static IEnumerable<EntityId> DependsOn(TopologyMap topology, EntityId entity) => entity.Kind switch
    {
        EntityKind.Component => topology.Callees(entity).Concat(topology.PossibleGpusOf(entity)).Concat(topology.Relatives(entity, EntityKind.Copy)),
        EntityKind.Copy => topology.Callees(entity).Concat(topology.Relatives(entity, EntityKind.Gpu)),
        EntityKind.Gpu => topology.Callees(entity).Append(entity.Parent!),
        _ => topology.Callees(entity),
    };
}
