using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Telemetry;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Endpoints;

/// <summary>
/// The window blocks that are open in this silo. A block is not actor state but a resource of the silo whose life its
/// endpoint's grain decides; components and GPUs read their columns in it without a call.
/// </summary>
public sealed class WindowLeases
{
    private readonly ConcurrentDictionary<string, WindowLease> _open = new(StringComparer.Ordinal);

    public WindowLeases(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        meters.Create(new MeterOptions(GrainwatchMeter.Name)).CreateObservableUpDownCounter(
            "grainwatch.endpoints", () => _open.Count, "{endpoint}", "Endpoints that live in this silo.");
    }

    /// <summary>Of the endpoints that live in this silo.</summary>
    public IEnumerable<string> Keys => _open.Select(lease => lease.Key);

    public int Count => _open.Count;

    /// <summary>Publishes the monitor of an endpoint.</summary>
    public WindowLease Open(string endpointKey, EndpointMonitor monitor) => _open[endpointKey] = new WindowLease(endpointKey, monitor);

    /// <summary>Withdraws a lease, unless another activation has published its own meanwhile, and closes its block.</summary>
    public void Close(WindowLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        _open.TryRemove(KeyValuePair.Create(lease.EndpointKey, lease));
        lease.Monitor.Block.Close();
    }

    /// <summary>The monitor of an endpoint that lives in this silo; null: it lives elsewhere, or nowhere.</summary>
    internal EndpointMonitor? Find(string endpointKey) => _open.GetValueOrDefault(endpointKey)?.Monitor;

    /// <summary>The state of one entity, read here or asked of its endpoint; null when the endpoint does not know it.</summary>
    /// <exception cref="FormatException">The key is no entity key.</exception>
    public async Task<EntityView?> ReadAsync(string entityKey, IGrainFactory grains, CancellationToken cancellationToken)
    {
        EntityId entity = EntityId.ParseKey(entityKey);
        string endpointKey = EntityId.ForEndpoint(entity.Endpoint).Key;
        return Find(endpointKey) is { } monitor
            ? EndpointViews.Windows(monitor, entity)
            : await grains.GetGrain<IEndpointGrain>(endpointKey).GetEntity(entity, cancellationToken);
    }
}
