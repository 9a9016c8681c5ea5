using Grainwatch.Hosting.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Registers the sections of the gateway.</summary>
public static class OptionsExtensions
{
    public static IServiceCollection AddGatewayOptions(this IServiceCollection services) => services
        .AddSection<IngestLimits, IngestLimitsValidator>(IngestLimits.Section)
        .AddSection<MappingOptions, MappingOptionsValidator>(MappingOptions.Section)
        .AddSection<EventOptions, EventOptionsValidator>(EventOptions.Section)
        .AddSection<FleetMetricsOptions, FleetMetricsOptionsValidator>(FleetMetricsOptions.Section);
}
