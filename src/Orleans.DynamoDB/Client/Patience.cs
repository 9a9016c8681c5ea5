using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;

namespace Orleans.DynamoDB.Client;

/// <summary>Repeats what failed because others were writing the same items, a bounded number of times with growing jitter.</summary>
/// <remarks>
/// The SDK repeats what is throttled, times out or fails inside the service. It does not repeat a transaction that was cancelled,
/// since it cannot know whether a condition failed (the answer) or another transaction was in the way (the weather).
/// </remarks>
internal static class Patience
{
    /// <summary>Attempts of one operation, the first included.</summary>
    public const int AttemptsMax = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs an operation that may safely be repeated.</summary>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await operation(cancellationToken);
            }
            catch (Exception fault) when (attempt < AttemptsMax && IsInTheWay(fault))
            {
                await PauseAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Waits before attempt number <paramref name="attempt"/> + 1: anything up to a bound that doubles.</summary>
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        double bound = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)bound + 1)), WallClock.Instance, cancellationToken);
    }

    private static bool IsInTheWay(Exception fault) => fault switch
    {
        TransactionConflictException or TransactionInProgressException => true,
        TransactionCanceledException cancelled => Cancellation.Of(cancelled) == CancellationKind.InTheWay,
        _ => false,
    };
}
