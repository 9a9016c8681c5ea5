namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Awaits a condition across a process border, where no event can be awaited: bounded in time, and it says so when it fails.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<T> ValueAsync<T>(Func<Task<T?>> probe)
        where T : struct
    {
        using CancellationTokenSource deadline = new(Patience);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(250));
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (await probe() is { } value)
            {
                return value;
            }

            if (deadline.IsCancellationRequested)
            {
                break;
            }
        }

        throw new Xunit.Sdk.XunitException($"the condition did not come true within {Patience}");
    }
}
