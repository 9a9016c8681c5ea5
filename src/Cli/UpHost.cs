using System.Net;
using Grainwatch.Gateway.Hosting;
using Grainwatch.Gateway.Security;
using Grainwatch.Gateway.Security.Addresses;
using Grainwatch.Hosting;
using Grainwatch.Hosting.Addresses;
using Grainwatch.Hosting.Options;
using Grainwatch.Signals.Ports;
using Grainwatch.Silo.Hosting;
using Grainwatch.Silo.Playback;
using Grainwatch.Silo.Story;
using Grainwatch.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Grainwatch.Cli;

/// <summary>Composes silo, gateway and player in one process that listens on loopback, and where <c>Kestrel:Endpoints</c> says.</summary>
internal static class UpHost
{
    public static async Task<int> RunAsync(UpOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        SqliteStore store;
        try
        {
            store = SqliteStore.Open(options.Data);
        }
        catch (StoreException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Failure;
        }

        using SqliteStore held = store;
        TimeProvider time = Clock.Wall;
        TerminalStory story = new(output, time);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        if (options.ConfigurationPath is { } path)
        {
            // Before the environment in the list, so that a variable still wins over the file.
            builder.Configuration.Sources.Insert(0, FileSource(path));
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // It asks for the server's garbage collector, which is made for a machine of its own, and `up` is not.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));

        // What Kestrel:Endpoints names is bound beside it, with certificates: the slim builder leaves them out.
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(story);
        builder.Services.AddSingleton<IStoryListener>(story);
        builder.Services.AddGrainwatchGateway(builder.Configuration);
        builder.Services.AddAddressPolicy(ConfiguredAddresses.OfEndpoints);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(Loopback.FreePort(), Loopback.FreePort())
            .AddGrainwatch(options.Rules, store, options.Webhook is { } url ? rules => WebhookRoute.Add(rules, url) : null));
        if (options.Recording is { } recording)
        {
            builder.Services.AddSingleton(recording);
            builder.Services.AddSingleton(new PlaybackOptions(options.Speed, options.IsFresh, options.IsDemonstration));
            builder.Services.AddHostedService<RecordingPlayer>();
        }

        await using WebApplication app = builder.Build();
        try
        {
            // Before the host does it, which would log what is told below, with its stack.
            app.Services.GetService<IStartupValidator>()?.Validate();
            app.MapGrainwatchGateway();
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (SectionExtensions.FaultsOf(e) is { Count: > 0 } faults)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return ExitCode.Usage;
        }
        catch (IOException e)
        {
            await error.WriteLineAsync($"cannot listen on 127.0.0.1:{options.Port}: {e.Message}");
            return ExitCode.Failure;
        }

        story.Say(null, $"listening on {app.Urls.First()}{GatewayExtensions.ApiRoot}/ · remote-write on {app.Urls.First()}/api/v1/write");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }

    private static JsonConfigurationSource FileSource(string path)
    {
        JsonConfigurationSource source = new() { Path = Path.GetFullPath(path), Optional = false };
        source.ResolveFileProvider();
        return source;
    }
}
