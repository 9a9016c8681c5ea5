using Grainwatch.Signals.Topology;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>
/// Stores what the quality detectors of an endpoint have learnt, beside the endpoint's own grain, whose turns must not wait
/// for a disk. Key: the <see cref="EntityId.Key"/> of the endpoint.
/// </summary>
[Alias("grainwatch.IBaselineGrain")]
public interface IBaselineGrain : IGrainWithStringKey
{
    /// <summary>What is stored; empty documents: nothing, or nothing that this program can read.</summary>
    [Alias("Read")]
    Task<BaselineBook> Read(CancellationToken cancellationToken);

    /// <summary>Stores it in place of what was there.</summary>
    [Alias("Keep")]
    Task Keep([Immutable] BaselineBook book, CancellationToken cancellationToken);

    /// <summary>Forgets it: a recording starts anew.</summary>
    [Alias("Forget")]
    Task Forget(CancellationToken cancellationToken);
}
