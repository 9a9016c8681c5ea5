namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Awaits what follows on a cadence of the product and cannot be awaited itself: bounded in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<Task<bool>> probe)
    {
        using CancellationTokenSource deadline = new(Patience);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (!await probe())
        {
            Assert.True(!deadline.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None), $"it was not so within {Patience}");
        }
    }
}
