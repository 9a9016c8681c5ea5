using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Internal;
using Amazon.SimpleNotificationService.Model;
using Grainwatch.Aws.Sdk.Wire;

namespace Amazon.SimpleNotificationService;

/// <summary>A client of Amazon SNS.</summary>
public class AmazonSimpleNotificationServiceClient : ThinClient, IAmazonSimpleNotificationService
{
    /// <summary>With the credentials of the default chain.</summary>
    public AmazonSimpleNotificationServiceClient(AmazonSimpleNotificationServiceConfig clientConfig)
        : base(null, clientConfig)
    {
    }

    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new SimpleNotificationServiceMetadata();

    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) => InvokeAsync<PublishResponse>(
        request,
        new InvokeOptions { RequestMarshaller = PublishRequestMarshaller.Instance, ResponseUnmarshaller = PublishResponseUnmarshaller.Instance },
        cancellationToken);
}
