using System.Collections.Concurrent;

namespace Grainwatch.Grains.Placement;

/// <summary>
/// Silos that said that they are about to leave. The cluster counts them as active until they have handed everything over; that they
/// are forgotten with their process makes the list short.
/// </summary>
public sealed class LeavingSilos
{
    private readonly ConcurrentDictionary<SiloAddress, bool> _leaving = new();

    public void Add(SiloAddress silo) => _leaving[silo] = true;

    public void Remove(SiloAddress silo) => _leaving.TryRemove(silo, out _);

    public bool Contains(SiloAddress silo) => _leaving.ContainsKey(silo);

    /// <summary>Those that stay; all, when none stays.</summary>
    public SiloAddress[] Without(SiloAddress[] silos)
    {
        if (_leaving.IsEmpty)
        {
            return silos;
        }

        SiloAddress[] staying = [.. silos.Where(s => !_leaving.ContainsKey(s))];
        return staying.Length > 0 ? staying : silos;
    }
}
