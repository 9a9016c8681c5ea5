using Grainwatch.Generator.Fleet;

namespace Grainwatch.Generator.Scenarios;

/// <summary>Something that happens once.</summary>
/// <param name="Minute">When.</param>
/// <param name="Apply">What it does.</param>
public sealed record Happening(double Minute, Action<FleetModel> Apply);
