using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Graph;

/// <summary>One entity on the way from the target through its callees.</summary>
internal sealed class GraphNode(EntityId entity, GraphNode? caller)
{
    public EntityId Entity { get; } = entity;

    /// <summary>The caller by which it was reached first; null for the target.</summary>
    public GraphNode? Caller { get; } = caller;

    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>Null when the entity has no series of the symptom.</summary>
    public NodeSymptom? Symptom { get; set; }

    /// <summary>Deviation over the incident's buckets, weighted by the target's excess in each.</summary>
    public double Z { get; set; }

    /// <summary>Mass beyond the base, limited to the target's.</summary>
    public double Excess { get; set; }

    /// <summary>Mass that one spread of its own noise is worth over the incident.</summary>
    public double Noise { get; set; }

    /// <summary>What of it the anomalous callees do not explain.</summary>
    public double Own { get; set; }

    /// <summary>How far the mass lies from what the callees' masses predict; null where that cannot be told.</summary>
    public double? ResidualZ { get; set; }

    /// <summary>True when it was reached over anomalous callers (or callers without metrics) alone.</summary>
    public bool IsReached { get; set; }

    public double Score { get; set; }

    /// <summary>Why it is a candidate although its own symptom does not say so; null: its symptom does.</summary>
    public string? StandIn { get; set; }

    public OnsetInterval? Onset { get; set; }

    /// <summary>No bucket of the incident, or no history: nothing can be said.</summary>
    public bool IsBlind => Symptom is null || !Symptom.HasHistory || !HasPoints;

    public bool HasPoints { get; set; }
}
