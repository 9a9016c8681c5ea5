using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

public sealed class UpTests
{
    private const string Api = "/api/grainwatch/v1";

    [Fact]
    public async Task Up_BundledRecording_TellsOneIncidentEverywhereAndPagesOnce()
    {
        using WebhookInbox inbox = new();
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--speed", "300", "--webhook", inbox.Url);
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };

        string opened = await up.LineAsync("INCIDENT");
        Assert.Contains("open quality-caused-load [page]", opened, StringComparison.Ordinal);
        string cause = await up.LineAsync("cause");
        Assert.Contains("chat/assist integrity", cause, StringComparison.Ordinal);

        JsonElement firing = await inbox.NextAsync();
        Assert.Equal(("4", "firing"), (firing.GetProperty("version").GetString(), firing.GetProperty("status").GetString()));
        JsonElement incident = Assert.Single((await ItemsAsync(http, $"{Api}/incidents")).EnumerateArray());
        Assert.Equal("quality-caused-load", incident.GetProperty("pattern").GetString());
        Assert.Equal("page", incident.GetProperty("severity").GetString());
        Assert.Equal("chat/assist", incident.GetProperty("causes")[0].GetProperty("entity").GetString());
        Assert.Equal("integrity", incident.GetProperty("causes")[0].GetProperty("metric").GetString());

        JsonElement resolved = await inbox.NextAsync();
        Assert.Equal("resolved", resolved.GetProperty("status").GetString());
        Assert.Equal(firing.GetProperty("groupKey").GetString(), resolved.GetProperty("groupKey").GetString());
        Assert.Equal(firing.GetProperty("alerts")[0].GetProperty("labels").ToString(), resolved.GetProperty("alerts")[0].GetProperty("labels").ToString());
        await up.LineAsync("the recording is over");
        Assert.Equal(2, inbox.Received.Count);

        // The live run and the replay agree on the incident, its id included.
        (int exit, string output, _) = await GrainwatchProcess.RunAsync(["replay", GrainwatchProcess.Bundled]);
        Assert.Equal(0, exit);
        JsonElement replayed = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)
            .First(l => l.GetProperty("type").GetString() == "incident");
        Assert.Equal(replayed.GetProperty("id").GetString(), incident.GetProperty("id").GetString());
        Assert.Equal(replayed.GetProperty("pattern").GetString(), incident.GetProperty("pattern").GetString());

        JsonElement fleet = await ItemsAsync(http, $"{Api}/fleet");
        Assert.Equal(["chat", "search"], fleet.EnumerateArray().Select(e => e.GetProperty("endpoint").GetString()));
        JsonElement chat = await http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/chat");
        Assert.Equal(2, chat.GetProperty("components").GetArrayLength());
        Assert.Contains(chat.GetProperty("components")[0].GetProperty("quality").EnumerateArray(), q => q.GetProperty("dimension").GetString() == "integrity");
        JsonElement gpu = await http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/chat/gpus/i-0a4f1c/0");
        Assert.Contains(gpu.GetProperty("windows").EnumerateArray(), w => w.GetProperty("metric").GetString() == "gpu_utilization");
        Assert.Equal(0, await up.TerminateAsync());

        // The demonstration was over, so whoever starts it again sees it again.
        await using GrainwatchProcess again = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--speed", "300", "--webhook", inbox.Url);
        Assert.Equal(opened[^14..], (await again.LineAsync("INCIDENT"))[^14..]);
        Assert.Equal("firing", (await inbox.NextAsync()).GetProperty("status").GetString());
    }

    private static async Task<JsonElement> ItemsAsync(HttpClient http, string path) =>
        (await http.GetFromJsonAsync<JsonElement>(path)).GetProperty("items");
}
