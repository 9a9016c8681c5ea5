using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Correlation;

/// <summary>
/// The endpoint under whose name Grainwatch speaks of itself: its outbox carries the signs of life for watchdogs and the
/// test pages, the same way as every page.
/// </summary>
public static class OwnEndpoint
{
    public const string Name = "_grainwatch";

    public static string Key { get; } = EntityId.ForEndpoint(Name).Key;
}
