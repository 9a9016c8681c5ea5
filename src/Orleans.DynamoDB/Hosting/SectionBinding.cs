using Microsoft.Extensions.Configuration;

namespace Orleans.Hosting;

/// <summary>Fills options from the section of a provider: every key is the name of its option.</summary>
internal static class SectionBinding
{
    /// <summary><c>Region</c> is another name of <c>Service</c>. A value of the wrong kind is refused with the path of its key.</summary>
    /// <param name="section">Of the provider; its <c>ProviderType</c> means nothing here.</param>
    /// <param name="options">What is filled in; keys that are not there leave it as it is.</param>
    /// <param name="service">Sets the service.</param>
    public static void Fill<T>(this IConfigurationSection section, T options, Action<T, string> service)
        where T : class
    {
        section.Bind(options);
        if (string.IsNullOrEmpty(section["Service"]) && section["Region"] is { Length: > 0 } region)
        {
            service(options, region);
        }
    }
}
