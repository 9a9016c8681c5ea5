using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Tls;

namespace Orleans.Hosting;

/// <summary>Puts mutual TLS under the connections of a cluster.</summary>
public static class MutualTlsExtensions
{
    /// <summary>
    /// Connections from and to other silos, and from clients, are TLS 1.3 or 1.2, and both ends show a certificate of a believed
    /// authority. Calling it
    /// twice is calling it once.
    /// </summary>
    public static ISiloBuilder UseMutualTls(this ISiloBuilder builder, Action<MutualTlsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Add<SiloConnectionOptions>(builder.Services, configure))
        {
            builder.Services.Configure<SiloConnectionOptions>(options =>
            {
                options.ConfigureSiloInboundConnection(connection => TlsConnection.Use(connection, TlsSide.SiloInbound));
                options.ConfigureGatewayInboundConnection(connection => TlsConnection.Use(connection, TlsSide.GatewayInbound));
                options.ConfigureSiloOutboundConnection(connection => TlsConnection.Use(connection, TlsSide.Outbound));
            });
        }

        return builder;
    }

    /// <summary>As for a silo, for the connections of a client to its gateways.</summary>
    public static IClientBuilder UseMutualTls(this IClientBuilder builder, Action<MutualTlsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Add<ClientConnectionOptions>(builder.Services, configure))
        {
            builder.Services.Configure<ClientConnectionOptions>(options =>
                options.ConfigureConnection(connection => TlsConnection.Use(connection, TlsSide.Outbound)));
        }

        return builder;
    }

    /// <returns>True: the connections of this kind have no TLS yet.</returns>
    private static bool Add<T>(IServiceCollection services, Action<MutualTlsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        bool isNew = services.All(s => s.ServiceType != typeof(Mark<T>));
        services.TryAddSingleton<Mark<T>>();
        services.TryAddSingleton<TlsIdentityFiles>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationValidator, MutualTlsOptionsValidator>());
        return isNew;
    }

    private sealed class Mark<T>;
}
