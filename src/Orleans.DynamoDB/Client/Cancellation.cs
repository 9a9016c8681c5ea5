using Amazon.DynamoDBv2.Model;

namespace Orleans.DynamoDB.Client;

/// <summary>Reads the reasons of a cancelled transaction, one an item, as structure.</summary>
internal static class Cancellation
{
    /// <summary>A failed condition goes before everything: what else was in the way does not matter then.</summary>
    public static CancellationKind Of(TransactionCanceledException cancelled)
    {
        List<string> codes = [.. (cancelled.CancellationReasons ?? []).Select(r => r.Code).Where(c => c is not (null or "" or "None"))];
        if (codes.Contains("ConditionalCheckFailed"))
        {
            return CancellationKind.ConditionFailed;
        }

        return codes.Count > 0 && codes.TrueForAll(c => c is "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded")
            ? CancellationKind.InTheWay
            : CancellationKind.Fault;
    }
}
