using Grainwatch.Gateway.Security;
using Grainwatch.Gateway.Security.Addresses;
using Grainwatch.Hosting;
using Grainwatch.Hosting.Addresses;
using Grainwatch.Hosting.Cluster;
using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Hosting;

/// <summary>A gateway in a process of its own, in front of a cluster.</summary>
public static class GatewayHost
{
    /// <summary>Where it listens, unless <c>urls</c> says otherwise.</summary>
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <param name="args">Of the command line; options as <c>--Grainwatch:Limits:BodyBytesMax=1048576</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="error">Where faults go, one a line.</param>
    public static async Task<int> RunAsync(string[] args, TimeProvider time, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(error);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(time);
        builder.ListenBy(DefaultUrl);

        ClusterSettings cluster = SectionExtensions.Read<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        builder.Services.AddSection<ClusterSettings, ClusterSettingsValidator>(ClusterSettings.Section);
        builder.UseOrleansClient(client => client.JoinCluster(cluster));
        builder.Services.AddGrainwatchGateway(builder.Configuration);
        builder.Services.AddAddressPolicy(ConfiguredAddresses.Of);
        await using WebApplication app = builder.Build();
        try
        {
            // Before the host does it, which would log what is told below, with its stack.
            app.Services.GetService<IStartupValidator>()?.Validate();
            app.MapGrainwatchGateway();
            await app.RunAsync();
            return ExitCode.Success;
        }
        catch (Exception e) when (SectionExtensions.FaultsOf(e) is { Count: > 0 } faults)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return ExitCode.Usage;
        }
    }
}
