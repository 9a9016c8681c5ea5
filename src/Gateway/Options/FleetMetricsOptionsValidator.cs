using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Names every fault of <see cref="FleetMetricsOptions"/> at once.</summary>
public sealed class FleetMetricsOptionsValidator : IValidateOptions<FleetMetricsOptions>
{
    public ValidateOptionsResult Validate(string? name, FleetMetricsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Faults(FleetMetricsOptions.Section, options)
            .Between(nameof(options.EndpointsMax), options.EndpointsMax, 1, 10_000)
            .Between(nameof(options.ComponentsMax), options.ComponentsMax, 1, 100_000)
            .Result();
    }
}
