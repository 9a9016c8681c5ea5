using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Grainwatch.Hosting.Options;

/// <summary>Registers sections of the configuration. A host does not start while one of them has a fault.</summary>
public static class SectionExtensions
{
    /// <summary>Reads and validates one section; the same section twice is one.</summary>
    public static IServiceCollection AddSection<T, TValidator>(this IServiceCollection services, string section)
        where T : SectionOptions, new()
        where TValidator : class, IValidateOptions<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(s => s.ServiceType == typeof(IValidateOptions<T>) && s.ImplementationType == typeof(TValidator)))
        {
            return services;
        }

        services.AddSingleton(new KnownSection(section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TValidator>());
        services.AddSingleton<IConfigureOptions<T>>(provider =>
            new SectionReader<T>(provider.GetRequiredService<IConfiguration>(), section));
        services.AddOptions<T>().ValidateOnStart();
        return services.AddRoot();
    }

    /// <summary>
    /// Reads a section before there are services, for what the composition itself depends on. Faults are kept in it; they are told
    /// when the host starts, which needs <see cref="AddSection"/> as well.
    /// </summary>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : SectionOptions, new()
    {
        T options = new();
        new SectionReader<T>(configuration, section).Configure(options);
        return options;
    }

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
}
