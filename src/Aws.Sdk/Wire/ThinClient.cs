using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Grainwatch.Aws.Sdk.Wire;

/// <summary>A service client on AWSSDK.Core: its pipeline with endpoint and signing of a service that has one host a region.</summary>
public abstract class ThinClient(AWSCredentials? credentials, ThinConfig config) : AmazonServiceClient(credentials, config)
{
    /// <summary>Runs while the base class is being made: only the configuration is there.</summary>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ThinEndpointResolver());
        pipeline.AddHandlerAfter<ThinEndpointResolver>(new ThinAuthResolver());
    }
}
