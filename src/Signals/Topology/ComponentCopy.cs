namespace Grainwatch.Signals.Topology;

/// <summary>One copy of a component and, where the source knows it, its place.</summary>
/// <param name="Id">The copy's entity.</param>
/// <param name="Instance">The instance it runs on; null: placement unknown.</param>
/// <param name="Gpus">The GPUs it holds; empty: placement unknown or none.</param>
public sealed record ComponentCopy(EntityId Id, EntityId? Instance, IReadOnlyList<EntityId> Gpus);
