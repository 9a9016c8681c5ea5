using Grainwatch.Hosting.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Whether and how far <c>/metrics/fleet</c> tells the state of the fleet to a Prometheus.</summary>
public sealed class FleetMetricsOptions : SectionOptions
{
    public const string Section = "Grainwatch:FleetMetrics";

    /// <summary>The default is false: the answer reads every endpoint.</summary>
    public bool Enabled { get; set; }

    /// <summary>Endpoints that are read, the sick ones first. The default is 500; 1 to 10,000.</summary>
    public int EndpointsMax { get; set; } = 500;

    /// <summary>Components that are told. The default is 2,000; 1 to 100,000.</summary>
    public int ComponentsMax { get; set; } = 2000;
}
