namespace Orleans.DynamoDB.Tables;

/// <summary>A table of two string keys and what may be done to it at start.</summary>
/// <param name="Name">Of the table.</param>
/// <param name="HashKey">Name of its partition key.</param>
/// <param name="RangeKey">Name of its sort key.</param>
/// <param name="Throughput">Capacity units to read and write, or null to pay per request.</param>
/// <param name="MayCreate">Whether a table that is missing is created.</param>
/// <param name="MayUpdate">Whether capacity and expiry of a table that is there are changed to what is set here.</param>
/// <param name="ExpiryAttribute">Of the moment at which an item ends, in seconds since 1970, or null.</param>
internal sealed record TableSettings(
    string Name, string HashKey, string RangeKey, (int Read, int Write)? Throughput,
    bool MayCreate, bool MayUpdate, string? ExpiryAttribute = null);
