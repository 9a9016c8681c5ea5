using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Two silos on real connections over loopback, with mutual TLS, and clients of theirs.</summary>
internal sealed class TlsCluster : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    /// <summary>Of all silos and clients.</summary>
    public LogLines Log { get; } = new();

    public int[] SiloPorts { get; } = [FreePort(), FreePort()];

    public int[] GatewayPorts { get; } = [FreePort(), FreePort()];

    public async Task<IHost> StartSiloAsync(int number, Action<MutualTlsOptions> tls)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(log => log.AddProvider(Log));
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(SiloPorts[number], GatewayPorts[number], new IPEndPoint(IPAddress.Loopback, SiloPorts[0]))
            .UseMutualTls(tls).UseMutualTls(tls));
        return await StartAsync(builder);
    }

    /// <param name="gateway">Which silo it knows.</param>
    /// <param name="tls">Its certificates.</param>
    public async Task<IHost> StartClientAsync(int gateway, Action<MutualTlsOptions> tls, CancellationToken cancellationToken = default)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(log => log.AddProvider(Log));
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(GatewayPorts[gateway]);
            client.Services.Configure<ConnectionOptions>(connection => connection.OpenConnectionTimeout = TimeSpan.FromSeconds(10));
            client.UseMutualTls(tls);
        });
        return await StartAsync(builder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in _hosts.AsEnumerable().Reverse())
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<IHost> StartAsync(HostApplicationBuilder builder, CancellationToken cancellationToken = default)
    {
        IHost host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        _hosts.Add(host);
        return host;
    }
}
