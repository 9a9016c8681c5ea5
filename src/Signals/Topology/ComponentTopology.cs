namespace Grainwatch.Signals.Topology;

/// <summary>One inference component. Copies without an instance have an unknown placement.</summary>
/// <param name="Id">The component's entity.</param>
/// <param name="Copies">At least one.</param>
/// <param name="GpusPerCopy">GPUs that each copy reserves; null: not declared.</param>
public sealed record ComponentTopology(EntityId Id, IReadOnlyList<ComponentCopy> Copies, int? GpusPerCopy);
