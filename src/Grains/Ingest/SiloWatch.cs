using Grainwatch.Grains.Placement;

namespace Grainwatch.Grains.Ingest;

/// <summary>Forgets what is known of a silo when it leaves the cluster or is declared dead.</summary>
public sealed class SiloWatch(SeriesDirectory directory, LeavingSilos leaving, ISiloStatusOracle silos) : ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(SiloWatch), ServiceLifecycleStage.RuntimeServices, Start, Stop);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status.IsTerminating())
        {
            directory.UnlearnAll(updatedSilo);
            leaving.Remove(updatedSilo);
        }
    }

    private Task Start(CancellationToken cancellationToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    private Task Stop(CancellationToken cancellationToken)
    {
        silos.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }
}
