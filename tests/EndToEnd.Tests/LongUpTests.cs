using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>What takes minutes: run by <c>./test.sh --full</c>.</summary>
[Trait("Category", "Full")]
public sealed class LongUpTests
{
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Up_WithoutAnyOption_TellsTheBundledStoryInAMinuteAndAHalf()
    {
        using WebhookInbox inbox = new();
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--webhook", inbox.Url);
        Assert.Contains("60 times", await up.LineAsync("playing"), StringComparison.Ordinal);
        Assert.Contains("open quality-caused-load [page]", await up.LineAsync("INCIDENT"), StringComparison.Ordinal);
        await up.LineAsync("RESOLVED");
        await up.LineAsync("the recording is over");
        Assert.Equal(["firing", "resolved"], inbox.Received.Select(m => m.GetProperty("status").GetString()));
        Assert.Equal(0, await up.TerminateAsync());
    }

    [Fact]
    public async Task Up_PrometheusWritesForMinutes_NothingIsRejectedOrRepeated()
    {
        string prometheus = Environment.GetEnvironmentVariable("GRAINWATCH_PROMETHEUS")
            ?? throw new InvalidOperationException("GRAINWATCH_PROMETHEUS does not name Debian's prometheus; ./test.sh sets it");
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--no-recording");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        await using PrometheusProcess peer = PrometheusProcess.Start(prometheus, new Uri(http.BaseAddress!, "/api/v1/write"));

        // Minutes of another process's life are watched; no event of ours marks their end.
        using PeriodicTimer watch = new(Watched);
        await watch.WaitForNextTickAsync();
        Assert.Equal(0, await peer.MetricAsync("prometheus_remote_storage_samples_failed_total"));
        Assert.Equal(0, await peer.MetricAsync("prometheus_remote_storage_samples_dropped_total"));
        Assert.Equal(0, await peer.MetricAsync("prometheus_remote_storage_samples_retried_total"));
        Assert.True(await peer.MetricAsync("prometheus_remote_storage_samples_total") > 300 * (Watched.TotalSeconds - 20));
        JsonElement node = await http.GetFromJsonAsync<JsonElement>($"/api/grainwatch/v1/endpoints/{Uri.EscapeDataString($"unmapped/prometheus/{peer.Address}")}");
        Assert.Equal(0, node.GetProperty("pointsRefused").GetInt64());
        Assert.Equal("", up.ErrorText);
        Assert.Equal(0, await up.TerminateAsync());
    }
}
