using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Grainwatch.Hosting.Addresses;

/// <summary>The addresses that a configuration asks the server for, before one of them is bound.</summary>
public static class ConfiguredAddresses
{
    /// <summary>As the server chooses them: endpoints of Kestrel's own, else <c>urls</c>, else ports on every address.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IReadOnlyList<string> own = OfEndpoints(configuration);
        return own.Count > 0 ? own
            : Split(configuration[WebHostDefaults.ServerUrlsKey]) is { Length: > 0 } urls ? urls
            : [.. Ports(configuration, WebHostDefaults.HttpPortsKey, "http"), .. Ports(configuration, WebHostDefaults.HttpsPortsKey, "https")];
    }

    /// <summary>Where the server listens when the configuration does not say.</summary>
    public static void ListenBy(this WebApplicationBuilder builder, string defaultUrl)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Of(builder.Configuration).Count == 0)
        {
            builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, defaultUrl);
        }
    }

    /// <summary>Those of <c>Kestrel:Endpoints</c> alone, for a host that chooses the rest itself.</summary>
    public static IReadOnlyList<string> OfEndpoints(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>()];
    }

    private static IEnumerable<string> Ports(IConfiguration configuration, string key, string scheme) =>
        Split(configuration[key]).Select(port => $"{scheme}://*:{port}");

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
