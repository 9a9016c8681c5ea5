namespace Grainwatch.Grains.Placement;

/// <summary>Who else is there.</summary>
internal static class SiloStatusExtensions
{
    /// <summary>The silos that are active but for this one.</summary>
    public static SiloAddress[] ActiveOthers(this ISiloStatusOracle silos) =>
        [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(s => !s.Equals(silos.SiloAddress))];
}
