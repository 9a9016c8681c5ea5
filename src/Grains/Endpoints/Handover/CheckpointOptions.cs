namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>How much of a window may be lost with a silo.</summary>
public sealed class CheckpointOptions
{
    /// <summary>How often a copy of an endpoint's windows goes to the silo that would take it over; zero: never.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);
}
