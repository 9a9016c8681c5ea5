using System.Net;
using Grainwatch.Hosting.Addresses;
using Grainwatch.Hosting.Cluster;
using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Silo.Options;

/// <summary>Names every fault of <see cref="SiloSettings"/> at once.</summary>
/// <param name="configuration">For what else it listens on, and how the cluster's connections are protected.</param>
public sealed class SiloSettingsValidator(IConfiguration configuration) : IValidateOptions<SiloSettings>
{
    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool isFound = SiloAddresses.TryFind(options.Address, out IPAddress? address);
        bool isReachable = options.ListensOnAll || (isFound && !IPAddress.IsLoopback(address!));
        ClusterSettings trust = SectionExtensions.Read<ClusterSettings>(configuration, ClusterSettings.Section);
        return new Faults(SiloSettings.Section, options)
            .Require(isFound, nameof(options.Address), $"is '{options.Address}', which is no address of this machine's network, and no name of one")
            .Require(!isReachable || trust.UsesTls || trust.TrustsNetwork, nameof(options.Address),
                $"{options.Address} can be reached from other machines: give the members certificates (Grainwatch:Cluster:TlsCertificate), or say "
                + "that nobody else can reach it (Grainwatch:Cluster:TrustsNetwork=true)")
            .Require(trust.TrustsNetwork || ConfiguredAddresses.Of(configuration).All(Reach.IsLoopback), "urls",
                "can be reached from other machines, and nobody is asked who it is there: say that this is meant (Grainwatch:Cluster:TrustsNetwork=true), or listen on 127.0.0.1")
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
