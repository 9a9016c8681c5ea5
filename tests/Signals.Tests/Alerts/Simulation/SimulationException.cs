namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>A property did not hold.</summary>
public sealed class SimulationException(string property, string detail) : Exception($"{property}: {detail}")
{
    public string Property { get; } = property;
}
