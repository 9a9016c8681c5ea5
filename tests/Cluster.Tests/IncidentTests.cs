using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Cluster.Tests;

public sealed class IncidentTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Report_ErrorsThatLast_OpenOneIncidentAndPageOnce()
    {
        SickEndpoint endpoint = new("pages-once", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        Assert.Empty(await Incidents(endpoint));

        await endpoint.FeedAsync(60, failing: 0.5);
        IncidentView incident = Assert.Single(await Incidents(endpoint));
        Assert.Equal("open", incident.State);
        Assert.Equal("page", incident.Severity);
        Assert.Contains(incident.Members, m => m is { Rule: "errors", Entity: "pages-once/model" });
        OutgoingMessage page = Assert.Single(fixture.Publisher.About("pages-once"));
        Assert.StartsWith("ALARM: ", page.Subject, StringComparison.Ordinal);
        Assert.Equal("Accepted", Assert.Single(incident.Notifications).State);

        await endpoint.FeedAsync(60, failing: 0);
        Assert.Equal("resolved", Assert.Single(await Incidents(endpoint)).State);
        Assert.Equal(2, fixture.Publisher.About("pages-once").Count);
        Assert.StartsWith("OK: ", fixture.Publisher.About("pages-once")[1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_RefusedThenNoAnswer_IsRepeatedUnderTheSameId()
    {
        fixture.Publisher.Script(
            "repeats",
            () => new PublishResult(PublishAnswer.RefusedForNow),
            () => throw new InvalidOperationException("the connection broke"));
        SickEndpoint endpoint = new("repeats", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(120, failing: 0.5);

        List<OutgoingMessage> attempts = fixture.Publisher.About("repeats");
        Assert.True(attempts.Count >= 3, $"{attempts.Count} attempts");
        Assert.Single(attempts.Select(a => a.NotificationId).Distinct());
    }

    [Fact]
    public async Task Alerts_WhileTheRuleFires_ShowStateAndIncident()
    {
        SickEndpoint endpoint = new("shows-alerts", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        AlertView[] alerts = await fixture.Grains.GetGrain<ICorrelationGrain>(endpoint.Id.Key).GetAlerts(CancellationToken.None);
        AlertView firing = Assert.Single(alerts, a => a.Rule == "errors");
        Assert.Equal("Firing", firing.State);
        Assert.Equal((await Incidents(endpoint))[0].Id, firing.IncidentId);
    }

    private Task<IncidentView[]> Incidents(SickEndpoint endpoint) =>
        fixture.Grains.GetGrain<ICorrelationGrain>(endpoint.Id.Key).GetIncidents(CancellationToken.None);
}
