using System.Net;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Cluster.Tests.Rules;

/// <summary>What a change of the rules does to endpoints that are being watched.</summary>
public sealed class RuleTakingTests(RuleFixture fixture) : IClassFixture<RuleFixture>
{
    [Fact]
    public async Task Put_RuleThatHoldsAlready_FiresOverTheWindowsThatAreThereAndItsRemovalResolves()
    {
        SickEndpoint endpoint = new("edited", fixture.Gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        Assert.Empty(await endpoint.Correlation.GetIncidents(CancellationToken.None));

        using HttpResponseMessage added = await fixture.PostAsync(RuleFixture.OneRule("busy", hold: "5m"));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(0, (await added.ReadAsync()).GetProperty("notTold").GetArrayLength());
        IncidentView incident = Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None));
        Assert.Equal("busy", Assert.Single(incident.Members).Rule);

        using HttpResponseMessage edited = await fixture.PutAsync(RuleFixture.OneRule("busy", hold: "10m"), await fixture.EtagAsync());
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        await endpoint.FeedAsync(3, failing: 0);
        IncidentView still = Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None));
        Assert.Equal((incident.Id, "open"), (still.Id, still.State));

        using HttpResponseMessage removed = await fixture.PutAsync(RuleFixture.OneRule("other", "99%"), await fixture.EtagAsync());
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal("resolved", Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None)).State);
        EndpointView view = await endpoint.Grain.GetState(CancellationToken.None);
        Assert.DoesNotContain(view.Gpus.SelectMany(g => g.Verdicts), v => v.Rule == "busy");
        Assert.Equal(63, view.Gpus[0].Windows.Single(w => w.Metric == "gpu_utilization").Buckets1h);
    }
}
