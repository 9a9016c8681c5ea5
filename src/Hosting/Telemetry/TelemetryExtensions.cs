using Grainwatch.Grains.Interfaces.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Grainwatch.Hosting.Telemetry;

/// <summary>
/// What the process tells of itself: the product's own counts, those of Orleans, of the web server and of the runtime. Scraped at
/// <c>/metrics</c>; pushed by OTLP as well where the standard environment variables name a target.
/// </summary>
public static class TelemetryExtensions
{
    private static readonly string[] Meters =
    [
        GrainwatchMeter.Name, "Microsoft.Orleans", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    ];

    /// <summary>
    /// Label sets of one instrument; what is beyond is counted together. The library sets room aside for all of them at once,
    /// and its 2,000 took as much memory as the windows of fifty endpoints.
    /// </summary>
    private const int LabelSetsMax = 200;

    private static readonly string[] Targets =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    public static IServiceCollection AddGrainwatchTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("grainwatch").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters)
                .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = LabelSetsMax })
                .AddPrometheusExporter());
        bool isDisabled = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        if (!isDisabled && Targets.Any(t => !string.IsNullOrEmpty(configuration[t])))
        {
            telemetry.WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", "Microsoft.Orleans.Application").AddOtlpExporter())
                .WithMetrics(metrics => metrics.AddOtlpExporter());
        }

        return services;
    }
}
