using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Grainwatch.Hosting.Cluster;

/// <summary>Makes a silo or a client a member of the cluster that its settings name.</summary>
public static class ClusterExtensions
{
    /// <summary>How old a client's list of silos may be.</summary>
    private static readonly TimeSpan SilosKnownFor = TimeSpan.FromSeconds(10);

    /// <param name="silo">The silo.</param>
    /// <param name="cluster">Without faults.</param>
    /// <param name="place">Where it listens, and where others find it.</param>
    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, ClusterSettings cluster, SiloPlace place)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(place);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<ClusterMembershipOptions>(Liveness.Configure);
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = cluster.ResponseTimeout;
            messaging.CancelRequestOnTimeout = true;
        });
        if (cluster.Membership == MembershipKind.Local)
        {
            silo.UseLocalhostClustering(place.Port, place.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
        }

        silo.Configure<EndpointOptions>(place.Configure);
        return silo;
    }

    /// <param name="client">The client.</param>
    /// <param name="cluster">Without faults.</param>
    public static IClientBuilder JoinCluster(this IClientBuilder client, ClusterSettings cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = SilosKnownFor);
        client.Configure<ClientMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = cluster.ResponseTimeout;
            messaging.CancelRequestOnTimeout = true;
        });
        if (cluster.Membership == MembershipKind.Local)
        {
            client.UseLocalhostClustering(cluster.LocalGatewayPort, cluster.ServiceId, cluster.ClusterId);
        }

        client.UseConnectionRetryFilter<ConnectionRetry>();
        return client;
    }
}
