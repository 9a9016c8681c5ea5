namespace Grainwatch.Grains.Rehearsal;

/// <summary>State of a grain that is stored nowhere, and that takes its time as a store does.</summary>
internal sealed class RehearsedState<TState> : IPersistentState<TState>
    where TState : new()
{
    public TState State { get; set; } = new();

    public string Etag => "";

    public bool RecordExists => false;

    public Task ClearStateAsync() => Task.CompletedTask;

    public Task ReadStateAsync() => Task.CompletedTask;

    public async Task WriteStateAsync() => await Task.Yield();
}
