using System.Net;
using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Placement;
using Grainwatch.Hosting;
using Grainwatch.Hosting.Addresses;
using Grainwatch.Hosting.Cluster;
using Grainwatch.Hosting.Options;
using Grainwatch.Hosting.Telemetry;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Health;
using Grainwatch.Silo.Options;
using Grainwatch.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Grainwatch.Silo.Hosting;

/// <summary>A silo in a process of its own: one member of a cluster.</summary>
public static class SiloHost
{
    /// <summary>Where its own state is told, unless <c>urls</c> says otherwise.</summary>
    private const string DefaultUrl = "http://127.0.0.1:8081";

    /// <param name="args">Of the command line; options as <c>--Grainwatch:Silo:Port=11111</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="error">Where faults go, one a line.</param>
    public static async Task<int> RunAsync(string[] args, TimeProvider time, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(error);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        ClusterSettings cluster = SectionExtensions.Read<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        SiloSettings settings = SectionExtensions.Read<SiloSettings>(builder.Configuration, SiloSettings.Section);
        if (RuleFiles.TryRead(settings.Rules is "" ? null : settings.Rules, error) is not { } rules)
        {
            return ExitCode.Failure;
        }

        try
        {
            using SqliteStore? store = cluster.Membership == MembershipKind.Local ? SqliteStore.Open(settings.Data) : null;
            await using WebApplication app = Build(builder, time, cluster, settings, rules, store);
            app.Services.GetService<IStartupValidator>()?.Validate();
            app.MapSiloHealth();
            app.MapPrometheusScrapingEndpoint("/metrics");
            await app.RunAsync();
            return ExitCode.Success;
        }
        catch (Exception e) when (SectionExtensions.FaultsOf(e) is { Count: > 0 } faults)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return ExitCode.Usage;
        }
        catch (StoreException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Failure;
        }
    }

    private static WebApplication Build(
        WebApplicationBuilder builder, TimeProvider time, ClusterSettings cluster, SiloSettings settings, RuleSet rules, SqliteStore? store)
    {
        builder.ListenBy(DefaultUrl);

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(time);
        builder.Services.AddSection<ClusterSettings, ClusterSettingsValidator>(ClusterSettings.Section);
        builder.Services.AddSection<SiloSettings, SiloSettingsValidator>(SiloSettings.Section);
        builder.Services.AddGrainwatchTelemetry(builder.Configuration);

        // A drain comes before everything else of the end, and the host must not cut it off.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainFor + host.ShutdownTimeout);
        builder.UseOrleans(silo =>
        {
            if (SiloAddresses.TryFind(settings.Address, out IPAddress? address))
            {
                silo.JoinCluster(cluster, new SiloPlace(address, settings.Port, settings.GatewayPort, settings.ListensOnAll));
            }

            silo.AddGrainwatch(rules, store);
            silo.Configure<CheckpointOptions>(checkpoints => checkpoints.Every = settings.CheckpointEvery);
            silo.Configure<TreeOptions>(trees => trees.DrainFor = settings.DrainFor);
            silo.LimitMemory(settings.MemoryPercentMax);
        });
        return builder.Build();
    }
}
