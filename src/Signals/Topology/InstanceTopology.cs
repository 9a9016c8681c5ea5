namespace Grainwatch.Signals.Topology;

/// <summary>One instance and its GPUs, indices 0 to n - 1.</summary>
public sealed record InstanceTopology(EntityId Id, IReadOnlyList<EntityId> Gpus);
