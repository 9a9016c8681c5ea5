using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Registers the sections of the gateway. A host does not start while one of them has a fault.</summary>
public static class OptionsExtensions
{
    public static IServiceCollection AddGatewayOptions(this IServiceCollection services) => services
        .AddSection<IngestLimits, IngestLimitsValidator>(IngestLimits.Section)
        .AddSection<MappingOptions, MappingOptionsValidator>(MappingOptions.Section)
        .AddSection<EventOptions, EventOptionsValidator>(EventOptions.Section)
        .AddSection<FleetMetricsOptions, FleetMetricsOptionsValidator>(FleetMetricsOptions.Section)
        .AddRoot();

    /// <summary>Every fault that kept a host from starting; empty: it was something else.</summary>
    public static IReadOnlyList<string> FaultsOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException all when all.InnerExceptions.All(e => e is OptionsValidationException) =>
            [.. all.InnerExceptions.SelectMany(FaultsOf)],
        _ => [],
    };

    private static IServiceCollection AddRoot(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RootOptions>, RootOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RootOptions>, RootReader>());
        services.AddOptions<RootOptions>().ValidateOnStart();
        return services;
    }

    internal static IServiceCollection AddSection<T, TValidator>(this IServiceCollection services, string section)
        where T : SectionOptions, new()
        where TValidator : class, IValidateOptions<T>
    {
        if (services.Any(s => s.ServiceType == typeof(IValidateOptions<T>) && s.ImplementationType == typeof(TValidator)))
        {
            return services;
        }

        services.AddSingleton(new KnownSection(section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TValidator>());
        services.AddSingleton<IConfigureOptions<T>>(provider =>
            new SectionReader<T>(provider.GetRequiredService<IConfiguration>(), section));
        services.AddOptions<T>().ValidateOnStart();
        return services;
    }
}
