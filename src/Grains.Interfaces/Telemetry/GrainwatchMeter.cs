namespace Grainwatch.Grains.Interfaces.Telemetry;

/// <summary>The meter under which the product counts itself, in silos and gateways alike.</summary>
public static class GrainwatchMeter
{
    public const string Name = "Grainwatch";
}
