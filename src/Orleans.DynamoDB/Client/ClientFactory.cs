using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace Orleans.DynamoDB.Client;

/// <summary>Makes DynamoDB clients that give up: the SDK's own default has no timeout.</summary>
/// <remarks>
/// Membership calls answer within milliseconds or not at all, and a silo that waits for its table is a silo that cannot vote.
/// An attempt ends after <see cref="AttemptTimeout"/>; the SDK makes up to <see cref="Retries"/> more with growing jitter for
/// timeouts, throttling and errors of the service.
/// </remarks>
internal static class ClientFactory
{
    /// <summary>How long one attempt may take, connecting included.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    /// <summary>How many attempts follow a first one that failed for a passing reason.</summary>
    public const int Retries = 3;

    /// <summary>A client that retries what may be repeated, which every request of this project may.</summary>
    public static AmazonDynamoDBClient Create(ClientSettings settings) => Create(settings, Retries);

    /// <summary>A client that makes one attempt a call, for whoever must know whether an earlier one may have been heard.</summary>
    public static AmazonDynamoDBClient CreateForOneAttempt(ClientSettings settings) => Create(settings, 0);

    private static AmazonDynamoDBClient Create(ClientSettings settings, int retries)
    {
        AmazonDynamoDBConfig configuration = new()
        {
            Timeout = AttemptTimeout,
            ConnectTimeout = AttemptTimeout,
            MaxErrorRetry = retries,
            RetryMode = RequestRetryMode.Standard,
            // The SDK repeats a request whose connection broke up to ten times beside those retries.
            MaxStaleConnectionRetries = Math.Min(retries, 2),
        };
        if (settings.Address is { } address)
        {
            configuration.ServiceURL = address.ToString();
        }
        else if (!string.IsNullOrEmpty(settings.Service))
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Service);
        }

        return Credentials(settings) is { } credentials
            ? new AmazonDynamoDBClient(credentials, configuration)
            : new AmazonDynamoDBClient(configuration);
    }

    /// <summary>Null leaves it to the SDK's chain: environment, web identity, profile, container, instance.</summary>
    internal static AWSCredentials? Credentials(ClientSettings settings)
    {
        if (!string.IsNullOrEmpty(settings.AccessKey) && !string.IsNullOrEmpty(settings.SecretKey))
        {
            return string.IsNullOrEmpty(settings.Token)
                ? new BasicAWSCredentials(settings.AccessKey, settings.SecretKey)
                : new SessionAWSCredentials(settings.AccessKey, settings.SecretKey, settings.Token);
        }

        if (!string.IsNullOrEmpty(settings.ProfileName))
        {
            return new CredentialProfileStoreChain().TryGetAWSCredentials(settings.ProfileName, out AWSCredentials profile)
                ? profile
                : throw new InvalidOperationException($"the AWS profile '{settings.ProfileName}' is not there or holds no credentials");
        }

        // A plain http address is a stand-in for DynamoDB, which checks no signature; AWS itself answers on https alone.
        return settings.Address?.Scheme == Uri.UriSchemeHttp ? new BasicAWSCredentials("dummy", "dummyKey") : null;
    }
}
