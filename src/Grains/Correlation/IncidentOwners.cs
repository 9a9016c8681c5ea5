using System.Collections.Concurrent;

namespace Grainwatch.Grains.Correlation;

/// <summary>The correlation grains that are active in this silo: whoever wants to leave must know who has to go first.</summary>
public sealed class IncidentOwners
{
    private readonly ConcurrentDictionary<string, bool> _active = new(StringComparer.Ordinal);

    /// <summary>Keys of their endpoints.</summary>
    public IEnumerable<string> Keys => _active.Select(owner => owner.Key);

    public int Count => _active.Count;

    public void Add(string endpointKey) => _active[endpointKey] = true;

    public void Remove(string endpointKey) => _active.TryRemove(endpointKey, out _);
}
