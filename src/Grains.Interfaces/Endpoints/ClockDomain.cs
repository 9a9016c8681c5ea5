namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>By which clock an endpoint's event time advances.</summary>
public enum ClockDomain
{
    /// <summary>The clock on the wall.</summary>
    Live,

    /// <summary>The clock of a recording that is being played, maybe faster than life.</summary>
    Recorded,
}
