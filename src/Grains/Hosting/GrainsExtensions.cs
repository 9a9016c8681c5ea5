using Grainwatch.Grains.Delivery;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Ingest;
using Grainwatch.Grains.Correlation;
using Grainwatch.Grains.Placement;
using Grainwatch.Grains.Rules;
using Grainwatch.Grains.Story;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Grains.WhatIf;
using Grainwatch.Signals.Ports;
using Grainwatch.Grains.Fleet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grainwatch.Grains.Hosting;

/// <summary>Adds what the grains need of their silo. Rules, publishers and story listeners are the composition's choice.</summary>
public static class GrainsExtensions
{
    public static IServiceCollection AddGrainwatchGrains(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<WindowLeases>();
        services.TryAddSingleton<IncidentOwners>();
        services.TryAddSingleton<ParkedWindows>();
        services.TryAddSingleton<WindowCopies>();
        services.TryAddSingleton<HandoverServiceClient>();
        services.TryAddSingleton<Handovers>();
        services.AddGrainService<HandoverService>();
        services.TryAddSingleton<LeavingSilos>();
        services.AddPlacementDirector<HomePlacement, HomePlacementDirector>();
        services.TryAddSingleton<TreeMover>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<TreeMover>());
        services.TryAddSingleton<SeriesDirectory>();
        services.TryAddSingleton<FrameServiceClient>();
        services.TryAddSingleton<FrameRouter>();
        services.AddGrainService<FrameService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, SiloWatch>());
        services.TryAddSingleton<RulesInForce>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<RulesInForce>());
        services.TryAddSingleton<RuleAnnouncement>();
        services.TryAddSingleton<TrialDesk>();
        services.TryAddSingleton<PublisherDirectory>();
        services.TryAddSingleton<Publishing>();
        services.AddMetrics();
        services.TryAddSingleton<GrainInstruments>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoryListener, TransitionMeter>());
        services.AddSingleton<StoryRelay>();
        services.AddSingleton<IStoryListener>(provider => provider.GetRequiredService<StoryRelay>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<StoryRelay>());
        services.TryAddSingleton<DeliveryWorker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, FleetWaker>());
        return services;
    }
}
