namespace Grainwatch.Signals.Topology;

/// <summary>One endpoint with what runs behind it, in declaration order.</summary>
public sealed record EndpointTopology(
    EntityId Id,
    string? Variant,
    string? InstanceType,
    IReadOnlyList<InstanceTopology> Instances,
    IReadOnlyList<ComponentTopology> Components);
