namespace Orleans.Clustering.DynamoDB;

/// <summary>Where DynamoDB is and who asks. Both keys go before a profile; without either the SDK's chain of credentials decides.</summary>
public class DynamoDBClientOptions
{
    /// <summary>The access key; it takes effect together with <see cref="SecretKey"/>.</summary>
    [Redact]
    public string? AccessKey { get; set; }

    /// <summary>The secret key; it takes effect together with <see cref="AccessKey"/>.</summary>
    [Redact]
    public string? SecretKey { get; set; }

    /// <summary>A region, such as <c>eu-west-1</c>, or an http(s) URL. Unset: the region of the environment.</summary>
    public string Service { get; set; } = null!;

    /// <summary>The token of a session, beside its two keys.</summary>
    [Redact]
    public string? Token { get; set; }

    /// <summary>A profile of the shared credentials file.</summary>
    public string? ProfileName { get; set; }
}
