using System.Net;
using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Silo.Options;

/// <summary>Names every fault of <see cref="SiloSettings"/> at once.</summary>
public sealed class SiloSettingsValidator : IValidateOptions<SiloSettings>
{
    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Faults(SiloSettings.Section, options)
            .Require(SiloAddresses.TryFind(options.Address, out _), nameof(options.Address), $"is '{options.Address}', which is no address of this machine's network, and no name of one")
            .Between(nameof(options.Port), options.Port, 1, IPEndPoint.MaxPort)
            .Between(nameof(options.GatewayPort), options.GatewayPort, 1, IPEndPoint.MaxPort)
            .Require(options.Port != options.GatewayPort, nameof(options.GatewayPort), "must be another than Port")
            .Between(nameof(options.DrainFor), options.DrainFor, TimeSpan.Zero, TimeSpan.FromMinutes(10))
            .Require(options.CheckpointEvery == TimeSpan.Zero || (options.CheckpointEvery >= TimeSpan.FromSeconds(10) && options.CheckpointEvery <= TimeSpan.FromHours(1)),
                nameof(options.CheckpointEvery), $"is {options.CheckpointEvery}; it must be from 00:00:10 to 01:00:00, or 0")
            .Between(nameof(options.MemoryPercentMax), options.MemoryPercentMax, 10, 99)
            .Require(options.Data.Length > 0, nameof(options.Data), "must name a folder")
            .Result();
    }
}
