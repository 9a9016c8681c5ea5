namespace Orleans.DynamoDB.Client;

/// <summary>What a client is made of: the two public option classes have nothing in common but these five names.</summary>
/// <param name="Service">A region, a URL, or nothing, which leaves the region to the environment.</param>
/// <param name="AccessKey">With <paramref name="SecretKey"/> it goes before a profile.</param>
/// <param name="SecretKey">Never logged.</param>
/// <param name="Token">Of a session; without the two keys it means nothing.</param>
/// <param name="ProfileName">Of the shared credentials file.</param>
internal sealed record ClientSettings(string? Service, string? AccessKey, string? SecretKey, string? Token, string? ProfileName)
{
    /// <summary>The address when <see cref="Service"/> is one, else null.</summary>
    public Uri? Address =>
        Uri.TryCreate(Service, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri : null;

    /// <inheritdoc/>
    public override string ToString() => $"{(string.IsNullOrEmpty(Service) ? "the region of the environment" : Service)}";
}
