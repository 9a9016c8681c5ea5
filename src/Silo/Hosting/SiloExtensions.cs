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
using Orleans.Providers;
using Orleans.Storage;
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

    /// <summary>
    /// Refuses calls of gateways while the machine has little memory left; they answer 429. What the silo holds, it holds: to let windows
    /// go would make it blind where it is needed most.
    /// </summary>
    public static ISiloBuilder LimitMemory(this ISiloBuilder silo, int percentMax) => silo.Configure<LoadSheddingOptions>(shedding =>
    {
        shedding.LoadSheddingEnabled = true;
        shedding.MemoryThreshold = percentMax;

        // A busy processor is no reason: that is what the limits of the doors are for.
        shedding.CpuThreshold = 100;
    });

    /// <param name="silo">What becomes a Grainwatch silo.</param>
    /// <param name="rules">What is asked of the data, and who is told.</param>
    /// <param name="store">
    /// What must survive a crash. Null: the storage that the silo has been given before; where it has none nothing survives.
    /// </param>
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
        if (store is not null)
        {
            silo.AddSqliteGrainStorageAsDefault(store);
        }
        else if (!silo.Services.Any(IsDefaultStorage))
        {
            silo.AddMemoryGrainStorageAsDefault();
        }

        // The watchdog of 10.4.2 reports at every start that a thread has been stuck for as long as the machine is up.
        silo.Services.Configure<LoggerFilterOptions>(log => log.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error));
        return silo;
    }

    private static bool IsDefaultStorage(ServiceDescriptor service) => service.ServiceType == typeof(IGrainStorage)
        && service.IsKeyedService && Equals(service.ServiceKey, ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);

    private static WebhookPublisher Webhooks() =>
        new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = WebhookTimeout });
}
