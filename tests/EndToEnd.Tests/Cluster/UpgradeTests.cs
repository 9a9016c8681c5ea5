using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>The version before and this one side by side, in the order of docs/cluster.md, and back.</summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private const int Incidents = 6;

    /// <summary>Needs GRAINWATCH_PREVIOUS, a folder with the executables of the version before: <c>tests/full.sh upgrade</c> builds them.</summary>
    [Fact, Trait("Category", "Full")]
    public async Task Members_ReplacedOneByOneAndBack_TellEachIncidentOnce()
    {
        string before = Tool.Path("GRAINWATCH_PREVIOUS");
        await using Lab lab = await Lab.StartAsync(silos: 3, gateways: 2, before);
        LabSender sender = new(lab.Addresses, lab.Http, [.. Enumerable.Range(0, Incidents).Select(i =>
            (TimeSpan.FromSeconds(20 + (15 * i)), TimeSpan.FromSeconds(110 + (15 * i))))]);
        LabProbe probe = new(lab.Addresses, lab.Http, Incidents);
        using CancellationTokenSource end = new();
        Task sending = await sender.StartAsync(end.Token);
        Task probing = probe.RunAsync(end.Token);
        await ReplaceAsync(lab, AppContext.BaseDirectory);
        await ReplaceAsync(lab, before);
        await ReplaceAsync(lab, AppContext.BaseDirectory);
        List<JsonElement> all = await lab.AtRestAsync(Incidents);
        await end.CancelAsync();
        await Task.WhenAll(sending, probing);
        output.WriteLine($"reads: {probe.Total} calls, {probe.Failed} failed");
        Pages.AssertToldOnce(all, "webhook", lab.Inbox.Received);
        Pages.AssertToldOnce(all, "SNS", await lab.Topic.TakeAsync());
        Assert.Equal(Incidents, all.Count);
    }

    private async Task ReplaceAsync(Lab lab, string binaries)
    {
        foreach (LabMember member in lab.Silos.Concat(lab.Gateways))
        {
            Assert.Equal(0, await member.TerminateAsync());
            member.Binaries = binaries;
            member.Start();
            await Eventually.ValueAsync<bool>(async () => (await Task.WhenAll(lab.Addresses.Select(lab.IsReadyAsync))).All(r => r) ? true : null);
            output.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {member.Name} replaced");
        }
    }
}
