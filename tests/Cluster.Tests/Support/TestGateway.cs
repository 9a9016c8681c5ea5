using Grainwatch.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>A gateway on a free port of loopback, in front of grains that are there.</summary>
internal static class TestGateway
{
    /// <param name="grains">Of the cluster.</param>
    /// <param name="time">The clock; null: the real one.</param>
    /// <param name="log">Hears every line; null: nobody does.</param>
    /// <param name="settings">Of the configuration.</param>
    public static async Task<WebApplication> StartAsync(
        IGrainFactory grains, TimeProvider? time = null, ILoggerProvider? log = null, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        foreach ((string key, string value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(grains);
        builder.Services.AddGrainwatchGateway(builder.Configuration);
        WebApplication app = builder.Build();
        app.MapGrainwatchGateway();
        await app.StartAsync();
        return app;
    }
}
