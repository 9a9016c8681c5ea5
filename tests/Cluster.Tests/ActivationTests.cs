using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Gpus;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Grainwatch.Cluster.Tests;

/// <summary>Activations end and begin elsewhere; what was promised holds through it.</summary>
public sealed class ActivationTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Read_ThroughEitherSilo_GivesTheSameIncidentsAndWindows()
    {
        SickEndpoint endpoint = new("either-silo", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        List<(string Incident, int Alerts, long Points, double? Gpu)> read = [];
        foreach (IGrainFactory grains in fixture.Cluster.Silos.Select(s => s.ServiceProvider.GetRequiredService<IGrainFactory>()))
        {
            ICorrelationGrain correlation = grains.GetGrain<ICorrelationGrain>(endpoint.Id.Key);
            IncidentView incident = Assert.Single(await correlation.GetIncidents(CancellationToken.None));
            AlertView[] alerts = await correlation.GetAlerts(CancellationToken.None);
            EndpointView state = await grains.GetGrain<IEndpointGrain>(endpoint.Id.Key).GetState(CancellationToken.None);
            EntityView? gpu = await grains.GetGrain<IGpuGrain>(endpoint.Gpu.Key).GetState(CancellationToken.None);
            read.Add(($"{incident.Id} {incident.Pattern} {incident.Title}", alerts.Length, state.PointsAccepted, gpu!.Windows[0].Last));
        }

        Assert.Equal(2, read.Count);
        Assert.Single(read.Distinct());
    }

    [Fact]
    public async Task Deactivate_Endpoint_ClosesItsBlockAndTheNextActivationGoesOnWithIt()
    {
        SickEndpoint endpoint = new("moves", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(6, failing: 0);
        EndpointMonitor before = Assert.Single(Monitors(endpoint));
        EndpointView view = await endpoint.Grain.GetState(CancellationToken.None);

        await fixture.Cluster.DeactivateAsync(endpoint.Grain);
        Assert.True(before.Block.IsClosed);
        EndpointView next = await endpoint.Grain.GetState(CancellationToken.None);
        Assert.NotSame(before, Assert.Single(Monitors(endpoint)));
        Assert.Equal((view.AsOf, view.Clock, view.PointsAccepted), (next.AsOf, next.Clock, next.PointsAccepted));
        Assert.Equal(view.Components[0].Windows, next.Components[0].Windows);
        Assert.Equal(view.Gpus[0].Windows, next.Gpus[0].Windows);

        await endpoint.FeedAsync(3, failing: 0);
        Assert.Equal(36, (await endpoint.Grain.GetState(CancellationToken.None)).PointsAccepted);
        Assert.All(fixture.Cluster.Silos, s => Assert.Empty(s.ServiceProvider.GetRequiredService<ParkedWindows>().Read(endpoint.Id.Key)));
    }

    [Fact]
    public async Task Deactivate_CorrelationWhileAnIncidentIsOpen_PagesNotAgainAndStillTellsItsEnd()
    {
        SickEndpoint endpoint = new("remembers", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        OutgoingMessage page = Assert.Single(fixture.Publisher.About("remembers"));

        ICorrelationGrain correlation = fixture.Grains.GetGrain<ICorrelationGrain>(endpoint.Id.Key);
        await fixture.Cluster.DeactivateAsync(correlation);
        await endpoint.FeedAsync(20, failing: 0.5);
        Assert.Equal([page.NotificationId], fixture.Publisher.About("remembers").Select(m => m.NotificationId));

        await endpoint.FeedAsync(60, failing: 0);
        Assert.Equal(["ALARM", "OK"], fixture.Publisher.About("remembers").Select(m => m.Subject.Split(':')[0]));
    }

    [Fact]
    public async Task GetState_OfANameThatNobodyFeeds_KeepsNoTimer()
    {
        IEndpointGrain grain = fixture.Grains.GetGrain<IEndpointGrain>("made-up");
        Assert.Null((await grain.GetState(CancellationToken.None)).AsOf);
        await fixture.Cluster.DeactivateAsync(grain);
        Assert.All(fixture.Cluster.Silos, s => Assert.Null(s.ServiceProvider.GetRequiredService<WindowLeases>().Find("made-up")));
    }

    private IEnumerable<EndpointMonitor> Monitors(SickEndpoint endpoint) => fixture.Cluster.Silos
        .Select(s => s.ServiceProvider.GetRequiredService<WindowLeases>().Find(endpoint.Id.Key))
        .OfType<EndpointMonitor>();
}
