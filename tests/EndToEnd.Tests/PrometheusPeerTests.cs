using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>A stock Prometheus that scrapes itself and a node exporter, and writes to the real process.</summary>
public sealed class PrometheusPeerTests(ITestOutputHelper output)
{
    private const string Api = "/api/grainwatch/v1";
    private static readonly TimeSpan Watched = Tool.Watched;

    [Fact]
    public async Task Up_PrometheusWritesToIt_NothingIsRejectedAndItsSeriesAreThere()
    {
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--no-recording");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        await using NodeExporterProcess node = NodeExporterProcess.Start();
        await using PrometheusProcess peer = PrometheusProcess.Start(new Uri(http.BaseAddress!, "/api/v1/write"), node.Address);
        foreach (string source in new[] { $"prometheus/{peer.Address}", $"node/{node.Address}" })
        {
            // Nothing in either process tells this one that a series has arrived: it asks, a bounded number of times.
            JsonElement chart = await Eventually.ValueAsync(() => UpOfAsync(http, source));
            Assert.All(chart.GetProperty("values").EnumerateArray(), v => Assert.Equal(1, v.GetDouble()));
        }

        Assert.All(await peer.TroublesAsync(), trouble => Assert.Equal(0, trouble.Value));
        Assert.True(await peer.MetricAsync("prometheus_remote_storage_samples_total") > 300);
    }

    [Fact, Trait("Category", "Full")]
    public async Task Up_PrometheusWritesForFiveMinutes_NothingIsRejectedOrRepeated()
    {
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--no-recording");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        await using NodeExporterProcess node = NodeExporterProcess.Start();
        await using PrometheusProcess peer = PrometheusProcess.Start(new Uri(http.BaseAddress!, "/api/v1/write"), node.Address);

        // Minutes of other processes' lives are watched; no event of ours marks their end.
        using PeriodicTimer watch = new(Watched);
        await watch.WaitForNextTickAsync();
        IReadOnlyDictionary<string, double> troubles = await peer.TroublesAsync();
        double sent = await peer.MetricAsync("prometheus_remote_storage_samples_total");
        output.WriteLine($"{Watched.TotalSeconds:0} s, {sent:0} samples, rejected {troubles["samples_failed"]:0}, retried {troubles["samples_retried"]:0}, dropped {troubles["samples_dropped"]:0}");
        Assert.All(troubles, trouble => Assert.Equal(0, trouble.Value));
        // Prometheus tells of itself by more than 500 series; the node's depend on the machine. Both are scraped each second.
        Assert.True(sent > 600 * (Watched.TotalSeconds - 10));
        foreach (string source in new[] { $"prometheus/{peer.Address}", $"node/{node.Address}" })
        {
            JsonElement state = await http.GetFromJsonAsync<JsonElement>(EndpointOf(source));
            Assert.Equal(0, state.GetProperty("pointsRefused").GetInt64());
        }

        Assert.DoesNotContain("grainwatch_points_refused_total", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal("", up.ErrorText);
        Assert.Equal(0, await up.TerminateAsync());
    }

    /// <summary>The series <c>up</c> of a source, once it has two points.</summary>
    private static async Task<JsonElement?> UpOfAsync(HttpClient http, string source)
    {
        using HttpResponseMessage answer = await http.GetAsync($"{EndpointOf(source)}/series?metric=up");
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        JsonElement items = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        return items.GetArrayLength() == 1 && items[0].GetProperty("values").GetArrayLength() >= 2 ? items[0] : null;
    }

    private static string EndpointOf(string source) => $"{Api}/endpoints/{Uri.EscapeDataString($"unmapped/{source}")}";
}
