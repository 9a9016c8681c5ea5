using System.Diagnostics;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>DynamoDB or SNS cannot be reached for minutes while incidents begin and end.</summary>
public sealed class ClusterOutageTests(ITestOutputHelper output)
{
    private const int Incidents = 6;

    [Fact, Trait("Category", "Full")]
    public async Task Store_GoneForTwoMinutes_PagesGoOutUnrecordedAndNothingIsLost()
    {
        await using Lab lab = await Lab.StartAsync(silos: 3, gateways: 2);
        await RunAsync(lab, lab.StoreHost, TimeSpan.FromMinutes(2));
        List<JsonElement> queue = await lab.Topic.TakeAsync();
        int unrecorded = lab.Inbox.Received.Count(p => p.GetProperty("Grainwatch").TryGetProperty("unrecorded", out JsonElement mark) && mark.GetBoolean());
        output.WriteLine($"webhook: {lab.Inbox.Received.Count} posts, {unrecorded} of them unrecorded; SNS: {queue.Count} messages");
        Assert.True(unrecorded > 0, "no page went out while the store was gone");
        await ToldOnceAsync(lab, queue);
    }

    [Fact, Trait("Category", "Full")]
    public async Task Topic_GoneForTenMinutes_EverythingIsSentAfterwards()
    {
        await using Lab lab = await Lab.StartAsync(silos: 3, gateways: 2);
        await RunAsync(lab, lab.TopicHost, TimeSpan.FromMinutes(10));
        List<JsonElement> queue = await lab.Topic.TakeAsync();
        output.WriteLine($"webhook: {lab.Inbox.Received.Count} posts; SNS: {queue.Count} messages, {Pages.Distinct(queue)} ids");
        await ToldOnceAsync(lab, queue);
    }

    private async Task RunAsync(Lab lab, LabHost gone, TimeSpan lasts)
    {
        // All begin while it is gone, the half of them end then, too.
        LabSender sender = new(lab.Addresses, lab.Http, [.. Enumerable.Range(0, Incidents).Select(i =>
            (TimeSpan.FromSeconds(30 + (2 * i)), i % 2 == 0 ? TimeSpan.FromSeconds(80) : lasts + TimeSpan.FromSeconds(60)))]);
        using CancellationTokenSource end = new();
        Task sending = await sender.StartAsync(end.Token);
        Stopwatch took = Stopwatch.StartNew();
        LabNetwork.Cut(gone);
        await Task.Delay(lasts);
        LabNetwork.Mend(gone);
        output.WriteLine($"gone for {took.Elapsed.TotalSeconds:0} s");
        await lab.AtRestAsync(Incidents);
        await end.CancelAsync();
        await sending;
    }

    private static async Task ToldOnceAsync(Lab lab, List<JsonElement> queue)
    {
        List<JsonElement> all = (await lab.IncidentsAsync())!;
        Assert.Equal(Incidents, all.Count);
        Pages.AssertToldOnce(all, "webhook", lab.Inbox.Received);
        Pages.AssertToldOnce(all, "SNS", queue);
    }
}
