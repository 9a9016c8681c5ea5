using Microsoft.Extensions.Logging;

namespace Orleans.DynamoDB.Tables;

internal sealed partial class TableSetup
{
    [LoggerMessage(
        1, LogLevel.Information, "The DynamoDB table {Table} is neither created nor changed: both are switched off",
        EventName = "TableLeftAlone")]
    private static partial void LogLeftAlone(ILogger logger, string table);

    [LoggerMessage(
        2, LogLevel.Warning, "The DynamoDB table {Table} is missing, and its creation is switched off",
        EventName = "TableMissing")]
    private static partial void LogMissing(ILogger logger, string table);

    [LoggerMessage(3, LogLevel.Information, "The DynamoDB table {Table} was created", EventName = "TableReady")]
    private static partial void LogReady(ILogger logger, string table);

    [LoggerMessage(
        4, LogLevel.Warning, "Expiry of the DynamoDB table {Table} could not be switched on: rows stay until they are deleted",
        EventName = "TableExpiry")]
    private static partial void LogExpiry(ILogger logger, Exception fault, string table);
}
