using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>The process is killed again and again while incidents begin, overlap and end; nobody may notice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string Api = "/api/grainwatch/v1";

    [Fact]
    public Task Up_KilledAtRandomMoments_TellsEachIncidentOnce() => RunAsync(kills: 4, rounds: 1);

    [Fact, Trait("Category", "Full")]
    public Task Up_KilledFiftyTimes_TellsEachIncidentOnce() => RunAsync(kills: 50, rounds: 6);

    private async Task RunAsync(int kills, int rounds)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_SEED"), out int given) ? given : Environment.TickCount;
        output.WriteLine($"seed {seed}, {kills} kills, {rounds * SickFleet.IncidentsPerRound} incidents");
        Random random = new(seed);
        using DataFolder folder = new();
        SickFleet.Write(folder.At("recording"), rounds);
        await using MotoServer moto = await MotoServer.StartAsync();
        GrainwatchProcess? up = null;
        int killed = 0;
        bool isArmed = false;
        using WebhookInbox inbox = new(beforeAnswer: async () =>
        {
            if (isArmed)
            {
                // The page has arrived, and its sender will never hear that it has.
                isArmed = false;
                await up!.KillAsync();
            }
        });
        RuleFiles.Write(
            folder.At("rules.yaml"),
            [$"hook: {{ webhook: {{ url: \"{inbox.Url}\" }} }}", $"topic: {{ sns: {{ topicArn: \"{MotoServer.TopicArn}\" }} }}"],
            ["{ match: { severity: page }, receiver: hook, continue: true }", "{ match: { severity: page }, receiver: topic }"]);
        Stopwatch took = Stopwatch.StartNew();
        while (killed < kills)
        {
            await using GrainwatchProcess process = up = Start(folder, moto);
            await process.LineAsync("endpoints");
            isArmed = random.Next(3) == 0;
            TimeSpan lived = TimeSpan.FromSeconds(random.NextDouble() * 2.5);
            await process.EndedWithinAsync(lived);
            isArmed = false;
            await process.KillAsync();
            killed++;
        }

        await using GrainwatchProcess last = Start(folder, moto);
        using HttpClient http = new() { BaseAddress = await last.AddressAsync() };
        await last.LineAsync("the recording is over");
        JsonElement incidents = await Eventually.ValueAsync(async () => await AtRestAsync(http));
        List<JsonElement> queue = await moto.TakeAsync();
        output.WriteLine($"{killed} kills in {took.Elapsed.TotalSeconds:0} s; webhook: {inbox.Received.Count} posts, {Pages.Distinct(inbox.Received)} ids; SNS: {queue.Count} messages, {Pages.Distinct(queue)} ids");
        Assert.Equal(rounds * SickFleet.IncidentsPerRound, incidents.GetArrayLength());
        Pages.AssertToldOnce([.. incidents.EnumerateArray()], "webhook", inbox.Received);
        Pages.AssertToldOnce([.. incidents.EnumerateArray()], "SNS", queue);
    }

    private static GrainwatchProcess Start(DataFolder folder, MotoServer moto) => GrainwatchProcess.StartWithAws(
        moto.Url, "up", "--port", "0", "--data", folder.At("data"), "--recording", folder.At("recording"), "--speed", "180", "--rules", folder.At("rules.yaml"));

    /// <summary>The incidents, once every one is resolved and every notification has arrived.</summary>
    private static async Task<JsonElement?> AtRestAsync(HttpClient http)
    {
        JsonElement items = (await http.GetFromJsonAsync<JsonElement>($"{Api}/incidents")).GetProperty("items");
        return items.EnumerateArray().All(Pages.IsAtRest) ? items : null;
    }
}
