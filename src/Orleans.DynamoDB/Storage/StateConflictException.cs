namespace Orleans.Persistence.DynamoDB;

/// <summary>The row is not as it was read.</summary>
/// <param name="stored">The etag in the table, or null where there is no row.</param>
/// <param name="cause">What DynamoDB said.</param>
internal sealed class StateConflictException(string? stored, Exception cause) : Exception("the row is not as it was read", cause)
{
    public string? Stored { get; } = stored;
}
