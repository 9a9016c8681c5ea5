namespace Grainwatch.Grains.Placement;

/// <summary>See <see cref="HomePlacementDirector"/>.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.home-placement")]
public sealed class HomePlacement : PlacementStrategy
{
    internal static HomePlacement Instance { get; } = new();
}
