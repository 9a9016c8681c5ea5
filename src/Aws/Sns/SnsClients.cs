using System.Collections.Concurrent;
using Amazon;
using Amazon.SimpleNotificationService;

namespace Grainwatch.Aws.Sns;

/// <summary>
/// One client for each region that a topic's ARN names. Credentials come from the default chain; <c>AWS_ENDPOINT_URL_SNS</c>
/// or <c>AWS_ENDPOINT_URL</c> name another host.
/// </summary>
public sealed class SnsClients : IDisposable
{
    /// <summary>How long one attempt may take: shorter than a claim of the outbox.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, IAmazonSimpleNotificationService> _byRegion = new(StringComparer.Ordinal);

    /// <param name="topicArn">arn:PARTITION:sns:REGION:ACCOUNT:TOPIC.</param>
    public IAmazonSimpleNotificationService For(string topicArn)
    {
        ArgumentNullException.ThrowIfNull(topicArn);
        return _byRegion.GetOrAdd(topicArn.Split(':') is [_, _, _, { Length: > 0 } region, ..] ? region : "us-east-1", Create);
    }

    public void Dispose()
    {
        foreach (IAmazonSimpleNotificationService client in _byRegion.Values)
        {
            client.Dispose();
        }
    }

    /// <summary>It retries nothing: a second attempt must be the outbox's, under a claim.</summary>
    private static AmazonSimpleNotificationServiceClient Create(string region) => new(new AmazonSimpleNotificationServiceConfig
    {
        RegionEndpoint = RegionEndpoint.GetBySystemName(region),
        AuthenticationRegion = region,
        MaxErrorRetry = 0,
        MaxStaleConnectionRetries = 0,
        Timeout = Timeout,
    });
}
