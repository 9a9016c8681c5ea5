using Orleans.Concurrency;
using Orleans.Services;

namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>What activations left behind in one silo, for the one that comes next, wherever it is.</summary>
[Alias("grainwatch.IHandoverService")]
public interface IHandoverService : IGrainService
{
    /// <summary>What is parked here of an endpoint; it stays until it is forgotten.</summary>
    [Alias("Read"), AlwaysInterleave]
    Task<WindowHandover[]> Read(string endpointKey);

    /// <summary>Keeps the newest copy of the windows of an endpoint that lives in another silo, in case that one is lost.</summary>
    [Alias("Keep"), AlwaysInterleave]
    Task Keep(string endpointKey, WindowHandover copy);

    /// <summary>A silo is about to leave: nothing new is placed there.</summary>
    [Alias("Leaving"), AlwaysInterleave]
    Task Leaving(SiloAddress silo);

    /// <summary>The next activation has these.</summary>
    [Alias("Forget"), AlwaysInterleave]
    Task Forget(string endpointKey, [Immutable] string[] ids);
}
