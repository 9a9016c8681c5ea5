using Grainwatch.Gateway.Security.Addresses;
using Grainwatch.Gateway.Security.Jwt;
using Grainwatch.Gateway.Security.Keys;
using Grainwatch.Gateway.Security.Limits;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Hosting.Addresses;
using Grainwatch.Hosting.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security;

/// <summary>Adds authentication, authorization by scope, limits for each caller, and the guard of addresses.</summary>
public static class SecurityExtensions
{
    private const string Either = "Grainwatch";

    public static IServiceCollection AddGrainwatchSecurity(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSection<SecurityOptions, SecurityOptionsValidator>(SecurityOptions.Section);
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<CallerLimits>();
        if (services.Any(s => s.ImplementationType == typeof(ScopeHandler)))
        {
            return services;
        }

        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, either => either.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, null)
            .AddJwtBearer();
        DropCookieKeys(services);
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, JwtSetup>();
        services.AddAuthorization(ScopePolicies.Add);
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ScopeProblems>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<CallerLimits>((limiter, limits) =>
        {
            limiter.GlobalLimiter = limits.Requests;
            limiter.OnRejected = (rejected, _) => new ValueTask(CallerLimitProblems.WriteAsync(
                rejected.HttpContext, rejected.Lease, $"{limits.RequestsOf(rejected.HttpContext)} requests"));
        });
        services.AddSingleton<IConnectionListenerFactory, GuardedListeners>();
        return services;
    }

    /// <summary>Refuses, among the other faults of the configuration, addresses that may not be bound.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="addresses">Those that the host will bind: <see cref="ConfiguredAddresses.Of"/>, or what it chooses itself.</param>
    public static IServiceCollection AddAddressPolicy(
        this IServiceCollection services, Func<IConfiguration, IReadOnlyList<string>> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return services.AddSingleton<IValidateOptions<SecurityOptions>>(provider =>
            new AddressValidator(provider.GetRequiredService<IConfiguration>(), addresses));
    }

    /// <summary>Who is it, may it now, may it this, may it bring so much: in this order, behind what writes problems.</summary>
    public static IApplicationBuilder UseGrainwatchSecurity(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseAuthentication().UseRateLimiter().UseAuthorization().UseMiddleware<IngestBytesMiddleware>();
    }

    /// <summary>The framework adds keys for cookies, which it would write into a folder of the user at start. Nobody here has a cookie.</summary>
    private static void DropCookieKeys(IServiceCollection services)
    {
        foreach (ServiceDescriptor keys in services.Where(s => s.ServiceType == typeof(IHostedService)
            && s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToList())
        {
            services.Remove(keys);
        }
    }

    private static string SchemeOf(HttpContext context)
    {
        SecurityModes mode = context.RequestServices.GetRequiredService<IOptions<SecurityOptions>>().Value.Mode;
        return mode.HasFlag(SecurityModes.Jwt) && KeyAuthentication.Sent(context.Request) is null
            ? JwtBearerDefaults.AuthenticationScheme
            : KeyAuthentication.Name;
    }
}
