using System.Net;
using Orleans.Configuration;

namespace Grainwatch.Hosting.Cluster;

/// <summary>Where a silo listens, and where others find it.</summary>
/// <param name="Address">What the members are told.</param>
/// <param name="Port">For other silos.</param>
/// <param name="GatewayPort">For gateways.</param>
/// <param name="ListensOnAll">True: on every address of the machine, for one that is behind a translation of addresses.</param>
public sealed record SiloPlace(IPAddress Address, int Port, int GatewayPort, bool ListensOnAll = false)
{
    internal void Configure(EndpointOptions endpoints)
    {
        endpoints.AdvertisedIPAddress = Address;
        endpoints.SiloPort = Port;
        endpoints.GatewayPort = GatewayPort;
        IPAddress listening = ListensOnAll ? IPAddress.Any : Address;
        endpoints.SiloListeningEndpoint = new IPEndPoint(listening, Port);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(listening, GatewayPort);
    }
}
