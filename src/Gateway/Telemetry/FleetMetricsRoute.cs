using System.Globalization;
using System.Text;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Metrics;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Telemetry;

/// <summary>
/// <c>GET /metrics/fleet</c>: quality with its bounds, pressure and incident state as gauges for a Prometheus, in OpenMetrics
/// text. Off unless it is switched on, and bounded: the sick endpoints come first.
/// </summary>
public static class FleetMetricsRoute
{
    private const string ContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const int Parallelism = 16;

    private static readonly string[] Pressure = ["kv_cache_usage", "queue_depth", "requests_running", "memory_usage", "cpu_utilization"];

    public static void MapFleetMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics/fleet", WriteAsync).Needs(Scope.Read)
        .WithSummary("Quality, pressure and incident state of the fleet as gauges in OpenMetrics text; off unless switched on.")
        .Produces<string>(StatusCodes.Status200OK, "application/openmetrics-text")
        .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> WriteAsync(
        FleetReader fleet, IGrainFactory grains, IOptions<FleetMetricsOptions> options, CancellationToken cancellationToken)
    {
        FleetMetricsOptions limits = options.Value;
        if (!limits.Enabled)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "off",
                $"set {FleetMetricsOptions.Section}:Enabled to switch this on");
        }

        IReadOnlyList<FleetLine> all = await fleet.ListAsync(cancellationToken);
        List<FleetLine> lines = [.. all.Order(FleetOrder.Worst).Take(limits.EndpointsMax)];
        EndpointView[] states = new EndpointView[lines.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, lines.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (i, token) => states[i] = await grains.GetGrain<IEndpointGrain>(lines[i].Key).GetState(token));
        List<(string Endpoint, string Component, EntityView View)> components =
        [
            .. states.SelectMany(s => s.Components.Prepend(s.Own).Select(c => (s.Endpoint, c.Entity, c))).Take(limits.ComponentsMax),
        ];
        bool isCut = lines.Count < all.Count || components.Count < states.Sum(s => s.Components.Length + 1);
        return Results.Text(Format(lines, components, isCut), ContentType, Encoding.UTF8);
    }

    private static string Format(List<FleetLine> lines, List<(string Endpoint, string Component, EntityView View)> components, bool isCut)
    {
        StringBuilder text = new();
        Family(text, "grainwatch_fleet_truncated", "1 when a bound left endpoints or components out.");
        text.Append(CultureInfo.InvariantCulture, $"grainwatch_fleet_truncated {(isCut ? 1 : 0)}\n");
        Family(text, "grainwatch_incidents_open", "Incidents that are open.");
        foreach (FleetLine line in lines)
        {
            Sample(text, "grainwatch_incidents_open", line.OpenIncidents, ("endpoint", line.Endpoint));
        }

        Family(text, "grainwatch_incident_severity", "The highest severity that is open: 0 none, 1 info, 2 warn, 3 page.");
        foreach (FleetLine line in lines)
        {
            Sample(text, "grainwatch_incident_severity", FleetOrder.Rank(line), ("endpoint", line.Endpoint));
        }

        foreach ((string name, string help, Func<QualityView, double?> value) in ((string, string, Func<QualityView, double?>)[])
            [
                ("grainwatch_quality_score", "Quality of answers, 0 to 1, higher is better.", q => q.Value),
                ("grainwatch_quality_score_lower", "Lower bound of the quality.", q => q.Lower),
                ("grainwatch_quality_score_upper", "Upper bound of the quality.", q => q.Upper),
                ("grainwatch_quality_answers", "Answers that the quality rests on.", q => q.N),
            ])
        {
            Family(text, name, help);
            foreach ((string endpoint, string component, EntityView view) in components)
            {
                foreach (QualityView quality in view.Quality.Where(q => value(q) is not null))
                {
                    Sample(text, name, value(quality)!.Value, ("endpoint", endpoint), ("entity", component),
                        ("dimension", quality.Dimension));
                }
            }
        }

        Family(text, "grainwatch_pressure", "The newest value of what says how full a component is, in the unit of the catalogue.");
        foreach ((string endpoint, string component, EntityView view) in components)
        {
            foreach (WindowView window in view.Windows.Where(
                w => w.Last is not null && w.Labels.Length == 0 && Pressure.Contains(w.Metric)))
            {
                Sample(text, "grainwatch_pressure", window.Last!.Value, ("endpoint", endpoint), ("entity", component),
                    ("metric", window.Metric));
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private static void Family(StringBuilder text, string name, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(" gauge\n");

    private static void Sample(StringBuilder text, string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        text.Append(name).Append('{');
        for (int i = 0; i < labels.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(labels[i].Name).Append("=\"").Append(LabelSet.Escape(labels[i].Value)).Append('"');
        }

        text.Append(CultureInfo.InvariantCulture, $"}} {value:R}\n");
    }
}
