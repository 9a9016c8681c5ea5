namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>Says which property did not hold.</summary>
internal static class Properties
{
    public static void Require(bool condition, string property, string detail)
    {
        if (!condition)
        {
            throw new SimulationException(property, detail);
        }
    }
}
