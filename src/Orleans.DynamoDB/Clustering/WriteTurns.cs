using System.Collections.Concurrent;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Lets the writers of one cluster in this process take turns.</summary>
/// <remarks>
/// Of two changes that start from one version one must lose, and a transaction that loses costs what one that wins does. Between
/// processes only the table decides; within one, a turn and a look before it spare most of the losses. A process is a member of one
/// cluster, so there is one entry; tests have more.
/// </remarks>
internal static class WriteTurns
{
    private static readonly ConcurrentDictionary<(string? Service, string Table, string Cluster), SemaphoreSlim> Turns = new();

    public static async Task<T> TakeAsync<T>(
        (string? Service, string Table, string Cluster) cluster, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = Turns.GetOrAdd(cluster, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            turn.Release();
        }
    }
}
