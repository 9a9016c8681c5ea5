using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Rehearsal;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Grainwatch.Cluster.Tests;

/// <summary>The way of a page is gone once before it matters, and nobody notices.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task Rehearse_InASiloThatServes_PagesAndTheirEndsAreTakenAndNobodyHearsOfThem()
    {
        RecordingPublisher publisher = new();
        Listener listener = new();
        PageRehearsal? rehearsal = null;
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(publisher, listener, configure: services =>
            services.AddSingleton<IStoryListener>(provider =>
            {
                rehearsal = provider.GetRequiredService<PageRehearsal>();
                return listener;
            }));
        await cluster.Grains.GetGrain<ICorrelationGrain>(EntityId.ForEndpoint("somebody").Key).GetAlerts(CancellationToken.None);

        IReadOnlyList<DeliveryAnswer> taken = await rehearsal!.RehearseAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Repeat(PublishAnswer.Accepted, 4), taken.Select(a => a.Answer));
        Assert.Empty(publisher.Attempts);
        Assert.Empty(listener.Told);
        Assert.Empty(await cluster.Grains.GetGrain<ICorrelationGrain>(EntityId.ForEndpoint("rehearsal").Key).GetIncidents(CancellationToken.None));
    }

    /// <summary>A connection of the rehearsal may be heard of after its end; a scheduler that refused that would end the process.</summary>
    [Fact]
    public async Task RehearsalThread_WhatComesAfterItsEnd_StillRuns()
    {
        RehearsalThread thread = new();
        thread.Dispose();
        Assert.True(await Task.Factory.StartNew(() => true, CancellationToken.None, TaskCreationOptions.None, thread));
    }

    private sealed class Listener : IStoryListener
    {
        public List<StoryEvent> Told { get; } = [];

        public void Tell(StoryEvent story) => Told.Add(story);
    }
}
