using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>
/// Knows where each activation is, for all silos of a test, and can be made to forget: then another one begins while the first
/// still lives, as when the directory of a cluster loses an entry.
/// </summary>
internal sealed class ForgetfulDirectory : IGrainDirectory, IGrainDirectoryResolver
{
    private readonly ConcurrentDictionary<GrainId, GrainAddress> _addresses = new();

    public bool TryResolveGrainDirectory(GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out IGrainDirectory? grainDirectory)
    {
        bool isEndpoint = grainType.ToString() == "endpoint";
        grainDirectory = isEndpoint ? this : null;
        return isEndpoint;
    }

    /// <summary>Forgets an activation that lives.</summary>
    public void Forget(GrainId grain) => _addresses.TryRemove(grain, out _);

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(_addresses.GetOrAdd(address.GrainId, address));

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress)
    {
        if (previousAddress is not null && _addresses.TryGetValue(address.GrainId, out GrainAddress? at) && at.ActivationId == previousAddress.ActivationId)
        {
            _addresses.TryUpdate(address.GrainId, address, at);
        }

        return Register(address);
    }

    public Task Unregister(GrainAddress address)
    {
        if (_addresses.TryGetValue(address.GrainId, out GrainAddress? at) && at.ActivationId == address.ActivationId)
        {
            _addresses.TryRemove(KeyValuePair.Create(address.GrainId, at));
        }

        return Task.CompletedTask;
    }

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(_addresses.GetValueOrDefault(grainId));

    public Task UnregisterSilos(List<SiloAddress> siloAddresses)
    {
        foreach ((GrainId grain, GrainAddress at) in _addresses)
        {
            if (siloAddresses.Contains(at.SiloAddress!))
            {
                _addresses.TryRemove(grain, out _);
            }
        }

        return Task.CompletedTask;
    }
}
