namespace Orleans.Persistence.DynamoDB;

/// <summary>Names in the table of grain states, as the official package has them.</summary>
internal static class StateAttributes
{
    public const string GrainReference = "GrainReference";
    public const string GrainType = "GrainType";
    public const string State = "GrainState";
    public const string Etag = "ETag";
    public const string Expiry = "GrainTtl";
}
