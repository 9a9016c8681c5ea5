using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Grainwatch.Aws.Sdk.Wire;

/// <summary>Finds a service's host: the override, or <c>PREFIX.REGION.SUFFIX</c> of the region's partition.</summary>
internal sealed class ThinEndpointProvider(string prefix) : IEndpointProvider
{
    /// <summary>The partition whose FIPS endpoint has the plain name.</summary>
    private const string Government = "aws-us-gov";

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        string region = parameters["Region"] as string
            ?? throw new Amazon.Runtime.AmazonClientException("no AWS region is configured: set AWS_REGION");
        Partition partition = Fn.Partition(region);
        bool isDualStack = parameters["UseDualStack"] is true;
        bool isFips = parameters["UseFIPS"] is true && (partition.name != Government || isDualStack);
        string suffix = isDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{prefix}{(isFips ? "-fips" : "")}.{region}.{suffix}");
    }
}
