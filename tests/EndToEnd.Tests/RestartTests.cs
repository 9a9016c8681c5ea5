using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>What a restart keeps.</summary>
public sealed class RestartTests
{
    private const string Api = "/api/grainwatch/v1";

    [Fact]
    public async Task Up_SilencedThenKilled_NothingOfTheSilencedEndpointArrives()
    {
        using DataFolder folder = new();
        using WebhookInbox inbox = new();
        SickFleet.Write(folder.At("recording"), rounds: 1);
        await using (GrainwatchProcess first = Start(folder, inbox))
        {
            using HttpClient http = new() { BaseAddress = await first.AddressAsync() };
            using HttpResponseMessage answer = await http.PostAsJsonAsync($"{Api}/silences", new
            {
                matchers = new[] { new { name = "endpoint", value = "alpha" } },
                endsAt = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).AddDays(2),
                createdBy = "anna",
                comment = "a planned change",
            });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

            // The second endpoint's page says that the first is ill by now, and held back.
            JsonElement page = await inbox.NextAsync();
            Assert.Equal("beta", page.GetProperty("Grainwatch").GetProperty("endpoint").GetString());
            await first.KillAsync();
        }

        await using GrainwatchProcess second = Start(folder, inbox);
        using HttpClient again = new() { BaseAddress = await second.AddressAsync() };
        await second.LineAsync("going on with");
        await second.LineAsync("the recording is over");
        await Eventually.ValueAsync<bool>(async () =>
            (await ItemsAsync(again, "incidents")).EnumerateArray().All(i => i.GetProperty("state").GetString() == "resolved") ? true : null);
        Assert.Equal(3, (await ItemsAsync(again, "incidents")).GetArrayLength());
        Assert.Single((await ItemsAsync(again, "silences")).EnumerateArray());
        string[] told = [.. inbox.Received.Select(p => p.GetProperty("Grainwatch").GetProperty("endpoint").GetString()!).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["beta", "gamma"], told);
    }

    [Fact]
    public async Task Up_RecordingThatIsOver_IsNotPlayedAgainUnlessAskedFor()
    {
        using DataFolder folder = new();
        using WebhookInbox inbox = new();
        SickFleet.Write(folder.At("recording"), rounds: 1);
        string before;
        await using (GrainwatchProcess first = Start(folder, inbox, "--speed", "5000"))
        {
            using HttpClient http = new() { BaseAddress = await first.AddressAsync() };
            await first.LineAsync("the recording is over");
            before = await StatesAsync(http);
            await first.TerminateAsync();
        }

        await using (GrainwatchProcess second = Start(folder, inbox))
        {
            using HttpClient http = new() { BaseAddress = await second.AddressAsync() };
            await second.LineAsync("was played to its end");
            Assert.Equal(before, await StatesAsync(http));
            (int exit, _, string error) = await GrainwatchProcess.RunAsync(["up", "--port", "0", "--data", folder.At("data"), "--no-recording"]);
            Assert.Equal(1, exit);
            Assert.Contains("is used by another process", error, StringComparison.Ordinal);
            await second.TerminateAsync();
        }

        await using GrainwatchProcess third = Start(folder, inbox, "--fresh");
        await third.LineAsync("playing 3 endpoints");
    }

    private static GrainwatchProcess Start(DataFolder folder, WebhookInbox inbox, params string[] more) => GrainwatchProcess.Start(
        ["up", "--port", "0", "--data", folder.At("data"), "--recording", folder.At("recording"), "--webhook", inbox.Url, .. more.Contains("--speed") ? more : ["--speed", "180", .. more]]);

    private static async Task<string> StatesAsync(HttpClient http) =>
        string.Join('\n', (await ItemsAsync(http, "incidents")).EnumerateArray().Select(i => $"{i.GetProperty("id")} {i.GetProperty("state")} {i.GetProperty("title")} {i.GetProperty("openedAt")}"));

    private static async Task<JsonElement> ItemsAsync(HttpClient http, string path) => (await http.GetFromJsonAsync<JsonElement>($"{Api}/{path}")).GetProperty("items");
}
