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
        silo.Configure<SiloMessagingOptions>(messaging => Configure(messaging, cluster));
        if (cluster.Membership == MembershipKind.Local)
        {
            silo.UseLocalhostClustering(place.Port, place.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
        }
        else
        {
            silo.UseDynamoDBClustering((DynamoDBClusteringOptions options) =>
            {
                (options.Service, options.TableName, options.CreateIfNotExists) = (cluster.Service, cluster.MembershipTable, cluster.CreateTables);
                (options.UpdateIfExists, options.UseProvisionedThroughput) = (false, false);
            });
            silo.AddDynamoDBGrainStorageAsDefault((DynamoDBStorageOptions options) =>
            {
                (options.Service, options.TableName, options.CreateIfNotExists) = (cluster.Service, cluster.StateTable, cluster.CreateTables);
                (options.UpdateIfExists, options.UseProvisionedThroughput, options.ServiceId) = (false, false, cluster.ServiceId);
            });
        }

        silo.Configure<EndpointOptions>(place.Configure);
        return cluster.UsesTls ? silo.UseMutualTls(tls => Configure(tls, cluster)) : silo;
    }

    /// <param name="client">The client.</param>
    /// <param name="cluster">Without faults.</param>
    public static IClientBuilder JoinCluster(this IClientBuilder client, ClusterSettings cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = SilosKnownFor);
        client.Configure<ClientMessagingOptions>(messaging => Configure(messaging, cluster));
        if (cluster.Membership == MembershipKind.Local)
        {
            client.UseLocalhostClustering(cluster.LocalGatewayPort, cluster.ServiceId, cluster.ClusterId);
        }
        else
        {
            client.UseDynamoDBClustering((DynamoDBGatewayOptions options) =>
            {
                // Tables are the silos' to make: a gateway reads.
                (options.Service, options.TableName, options.CreateIfNotExists, options.UpdateIfExists) =
                    (cluster.Service, cluster.MembershipTable, false, false);
            });
        }

        client.UseConnectionRetryFilter<ConnectionRetry>();
        return cluster.UsesTls ? client.UseMutualTls(tls => Configure(tls, cluster)) : client;
    }

    private static void Configure(MessagingOptions messaging, ClusterSettings cluster) =>
        (messaging.ResponseTimeout, messaging.CancelRequestOnTimeout) = (cluster.ResponseTimeout, true);

    private static void Configure(MutualTlsOptions tls, ClusterSettings cluster) =>
        (tls.CertificatePath, tls.KeyPath, tls.AuthorityPath) = (cluster.TlsCertificate, cluster.TlsKey, cluster.TlsAuthority);
}
