namespace Grainwatch.Storage.Sqlite;

/// <summary>One conditional change that waits for its turn.</summary>
/// <param name="Key">Of which state.</param>
/// <param name="Expected">The etag that must stand there; null: nothing may stand there.</param>
/// <param name="Body">What to write; null: remove it.</param>
internal sealed record StateWrite(StateKey Key, long? Expected, byte[]? Body)
{
    private readonly TaskCompletionSource<long?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The new etag; null: another one stands there than was expected.</summary>
    public Task<long?> Done => _done.Task;

    public void Complete(long? etag) => _done.TrySetResult(etag);

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
