using Orleans.Placement;

namespace Grainwatch.Grains.Placement;

/// <summary>Grains of one endpoint live in one silo: its home.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HomePlacementAttribute() : PlacementAttribute(HomePlacement.Instance);
