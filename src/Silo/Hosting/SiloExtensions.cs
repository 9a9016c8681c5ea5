using Grainwatch.Grains.Hosting;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Receivers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grainwatch.Silo.Hosting;

/// <summary>Makes a silo a Grainwatch silo: grains, rules, receivers.</summary>
public static class SiloExtensions
{
    /// <summary>How long one attempt at a webhook may take.</summary>
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(10);

    public static ISiloBuilder AddGrainwatch(this ISiloBuilder silo, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(rules);
        silo.Services.AddSingleton(rules);
        silo.Services.AddGrainwatchGrains();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertPublisher, LogPublisher>());
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertPublisher, WebhookPublisher>(_ =>
            new WebhookPublisher(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = WebhookTimeout })));
        silo.AddMemoryGrainStorageAsDefault();

        // The watchdog of 10.4.2 reports at every start that a thread has been stuck for as long as the machine is up.
        silo.Services.Configure<LoggerFilterOptions>(log => log.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error));
        return silo;
    }
}
