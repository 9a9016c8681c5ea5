namespace Grainwatch.Grains.Placement;

/// <summary>When endpoints move.</summary>
public sealed class TreeOptions
{
    /// <summary>
    /// How often it is looked whether an endpoint is away from its home: long enough that a silo which comes and goes moves nothing.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: never.
    /// </summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a silo that ends may take to hand its endpoints over, and to finish the attempts at notifications that are under way.
    /// </summary>
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(10);
}
