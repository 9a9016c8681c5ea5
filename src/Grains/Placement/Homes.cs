using System.IO.Hashing;
using System.Runtime.InteropServices;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Placement;

/// <summary>
/// Which silo is the home of an endpoint: the one with the highest weight for its name. A silo that joins takes its share from all
/// the others and moves nothing between them; one that leaves gives its own away.
/// </summary>
/// <remarks>Rendezvous hashing: D. Thaler, C. Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on
/// Networking 6 (1), 1998.</remarks>
public static class Homes
{
    /// <param name="endpointKey">Of the endpoint.</param>
    /// <param name="silos">At least one, in any order.</param>
    public static SiloAddress Of(string endpointKey, IReadOnlyList<SiloAddress> silos)
    {
        ArgumentNullException.ThrowIfNull(silos);
        ulong name = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(endpointKey.AsSpan()));
        return silos.MaxBy(silo => (Weight(name, silo), silo))!;
    }

    /// <summary>The endpoint that a grain belongs to, by its key: every key below begins with it.</summary>
    public static string EndpointKeyOf(string grainKey)
    {
        try
        {
            int bucket = grainKey.LastIndexOf('#');
            return EntityId.ForEndpoint(EntityId.ParseKey(bucket < 0 ? grainKey : grainKey[..bucket]).Endpoint).Key;
        }
        catch (FormatException)
        {
            // No entity: it is refused where it is used.
            return grainKey;
        }
    }

    // A silo that was started again at its old address is another one; its endpoints had to move anyway.
    private static ulong Weight(ulong name, SiloAddress silo)
    {
        Span<byte> both = stackalloc byte[sizeof(ulong) + sizeof(int)];
        MemoryMarshal.Write(both, name);
        MemoryMarshal.Write(both[sizeof(ulong)..], silo.GetConsistentHashCode());
        return XxHash3.HashToUInt64(both);
    }
}
