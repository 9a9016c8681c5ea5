using Orleans.Runtime;
using Orleans.Storage;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Stands in front of a storage and refuses to write as long as it is told to.</summary>
internal sealed class StubbornStorage(IGrainStorage inner) : IGrainStorage
{
    public static bool IsDown { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        IsDown ? throw new IOException("no space left on the disk") : inner.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
