using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime.GrainDirectory;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Remembers nothing: every silo asks the directory for each call.</summary>
internal sealed class NoDirectoryCache : IGrainDirectoryCache
{
    public IEnumerable<(GrainAddress ActivationAddress, int Version)> KeyValues => [];

    public void AddOrUpdate(GrainAddress value, int version)
    {
    }

    public void Clear()
    {
    }

    public bool LookUp(GrainId key, [NotNullWhen(true)] out GrainAddress? result, out int version)
    {
        (result, version) = (null, 0);
        return false;
    }

    public bool Remove(GrainId key) => false;

    public bool Remove(GrainAddress key) => false;
}
