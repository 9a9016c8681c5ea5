using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Gateway.Endpoints;

/// <summary><c>GET …/endpoints/{e}/series?metric=&amp;entity=&amp;from=&amp;to=&amp;step=</c>: points for a chart.</summary>
internal static class SeriesRoute
{
    private static readonly TimeSpan MaxRange = TimeSpan.FromHours(24);

    /// <summary>One series: times and values of its non-empty steps, oldest first.</summary>
    public sealed record Chart(string Entity, string Metric, string Labels, IReadOnlyList<Timestamp> Times, IReadOnlyList<double> Values);

    public static async Task<ListPage<Chart>> GetAsync(
        string endpoint, string? metric, string? entity, string? from, string? to, double? step, int? limit, string? cursor,
        FleetReader fleet, IGrainFactory grains, CancellationToken cancellationToken)
    {
        IEndpointGrain grain = await EndpointRoutes.FindAsync(endpoint, fleet, grains, cancellationToken);
        EndpointView state = await grain.GetState(cancellationToken);
        Timestamp end = Time(to, "to") ?? state.AsOf ?? default;
        Timestamp start = Time(from, "from") ?? end - TimeSpan.FromHours(1);
        if (start > end || end - start > MaxRange)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "range", "from must lie before to, by at most 24 h");
        }

        if (step is not (null or (>= 1 and <= 86_400)))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "step", "step must be from 1 to 86400 seconds");
        }

        SeriesData[] data = await grain.Export(start, end, cancellationToken);
        List<Chart> charts = [.. data
            .Where(s => (metric is null || s.Key.Metric.Text == metric || s.Key.Metric.Base == metric) && (entity is null || s.Key.Entity.ToString() == entity || s.Key.Entity.Key == entity))
            .Select(s => ToChart(s, step))
            .OrderBy(Name, StringComparer.Ordinal)];
        return Paging.Page(charts, Name, limit, cursor, state.AsOf, state.Warming);
    }

    private static string Name(Chart chart) => $"{chart.Entity}\n{chart.Metric}\n{chart.Labels}";

    private static Timestamp? Time(string? text, string name) => text is null
        ? null
        : Timestamp.TryParse(text, out Timestamp time) ? time : throw new ProblemException(StatusCodes.Status400BadRequest, name, $"'{text}' is neither ISO 8601 nor Unix seconds");

    private static Chart ToChart(SeriesData series, double? stepSeconds)
    {
        List<Timestamp> times = [];
        List<double> values = [];
        if (stepSeconds is not { } seconds)
        {
            times.AddRange(series.TimesUnixMs.Select(t => new Timestamp(t)));
            values.AddRange(series.Values);
        }
        else
        {
            // A step shows the mean of its buckets; a percentile that was received as such is shown by its greatest value.
            bool isPercentile = series.Key.Metric.Statistic is ['p', ..];
            foreach (IGrouping<Timestamp, double> step in series.TimesUnixMs.Zip(series.Values).GroupBy(p => new Timestamp(p.First).Floor(TimeSpan.FromSeconds(seconds)), p => p.Second))
            {
                times.Add(step.Key);
                values.Add(isPercentile ? step.Max() : step.Average());
            }
        }

        return new Chart(series.Key.Entity.ToString(), series.Key.Metric.Text, series.Key.Residual.ToString(), times, values);
    }
}
