using Grainwatch.Aws.Sns;
using Grainwatch.Grains.Hosting;
using Grainwatch.Grains.Rehearsal;
using Grainwatch.Grains.Rules;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Receivers;
using Grainwatch.Storage.Sqlite;
using Grainwatch.Storage.Sqlite.Hosting;
using Orleans.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grainwatch.Silo.Hosting;

/// <summary>Makes a silo a Grainwatch silo: grains, rules, receivers.</summary>
public static class SiloExtensions
{
    /// <summary>How long one attempt at a webhook may take.</summary>
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Places of grains that a silo remembers. Room for all is set aside at the start; a grain that is forgotten is looked
    /// up again. The default of a million takes 10 MB.
    /// </summary>
    private const int DirectoryCacheMax = 50_000;

    /// <param name="silo">What becomes a Grainwatch silo.</param>
    /// <param name="rules">What is asked of the data, and who is told.</param>
    /// <param name="store">What must survive a crash; null: nothing does, it is kept in memory.</param>
    /// <param name="overlay">What is added to whatever rules are in force; null: nothing.</param>
    public static ISiloBuilder AddGrainwatch(
        this ISiloBuilder silo, RuleSet rules, SqliteStore? store = null, Func<RuleSet, RuleSet>? overlay = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(rules);
        silo.Services.AddSingleton(new RuleBase(rules, overlay));
        silo.Services.AddGrainwatchGrains();
        silo.Services.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = DirectoryCacheMax);
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertPublisher, LogPublisher>());
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertPublisher, WebhookPublisher>(_ => Webhooks()));
        silo.Services.TryAddKeyedSingleton<IAlertPublisher>(PageRehearsal.Publisher, (_, _) => Webhooks());
        silo.Services.TryAddSingleton<PageRehearsal>();
        silo.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<PageRehearsal>());
        silo.Services.TryAddSingleton<SnsClients>();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertPublisher, SnsPublisher>());
        _ = store is null ? silo.AddMemoryGrainStorageAsDefault() : silo.AddSqliteGrainStorageAsDefault(store);

        // The watchdog of 10.4.2 reports at every start that a thread has been stuck for as long as the machine is up.
        silo.Services.Configure<LoggerFilterOptions>(log => log.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error));
        return silo;
    }

    private static WebhookPublisher Webhooks() =>
        new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = WebhookTimeout });
}
