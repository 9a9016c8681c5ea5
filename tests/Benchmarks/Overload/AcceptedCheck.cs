using System.Text.Json;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Overload;

/// <summary>Asks for the points of endpoints again, and compares them with what was accepted.</summary>
internal sealed class AcceptedCheck(Uri server, FleetBodies fleet)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(55);

    public long Checked { get; private set; }

    public long Missing { get; private set; }

    public long Wrong { get; private set; }

    /// <param name="endpoint">Whose series.</param>
    /// <param name="acceptedTimes">Oldest first; those that windows have let go of are passed over.</param>
    public async Task CompareAsync(int endpoint, IEnumerable<long> acceptedTimes)
    {
        long[] all = [.. acceptedTimes];
        if (all.Length == 0)
        {
            return;
        }

        long from = all[^1] - (long)Kept.TotalMilliseconds;
        using HttpClient client = new() { BaseAddress = server };
        string range = $"from={from / 1000}&to={all[^1] / 1000}&limit=500";
        using JsonDocument page = JsonDocument.Parse(await client.GetStringAsync($"/api/grainwatch/v1/endpoints/{fleet.Name(endpoint)}/series?{range}"));
        Dictionary<string, Dictionary<long, double>> charts = page.RootElement.GetProperty("items").EnumerateArray().ToDictionary(
            c => $"{c.GetProperty("entity").GetString()} {c.GetProperty("metric").GetString()}",
            c => c.GetProperty("times").EnumerateArray().Select(t => t.GetDateTimeOffset().ToUnixTimeMilliseconds())
                .Zip(c.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())).ToDictionary(p => p.First, p => p.Second));
        for (int series = endpoint * FleetBodies.SeriesOfEndpoint; series < (endpoint + 1) * FleetBodies.SeriesOfEndpoint; series++)
        {
            Dictionary<long, double> chart = charts.GetValueOrDefault(fleet.EntityAndMetric(series)) ?? [];
            foreach (long time in all.Where(t => t >= from))
            {
                Checked++;
                if (!chart.TryGetValue(time, out double value))
                {
                    Missing++;
                }
                else if ((float)value != (float)fleet.ValueAt(series, time))
                {
                    Wrong++;
                }
            }
        }
    }
}
