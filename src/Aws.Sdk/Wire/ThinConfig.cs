using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Grainwatch.Aws.Sdk.Wire;

/// <summary>The configuration of a service: its names, and the defaults of AWSSDK.Core.</summary>
public abstract class ThinConfig : ClientConfig
{
    private static readonly DefaultConfigurationProvider Defaults = new(
        Enum.GetValues<DefaultConfigurationMode>().Select(IDefaultConfiguration (mode) => new DefaultConfiguration
        {
            Name = mode,
            RetryMode = RequestRetryMode.Standard,
            ConnectTimeout = TimeSpan.FromSeconds(3.1),
        }));

    private readonly string _prefix;

    /// <param name="serviceId">As environment variables name it: <c>AWS_ENDPOINT_URL_SNS</c>.</param>
    /// <param name="prefix">The first label of its host, and the name under which requests are signed.</param>
    /// <param name="version">Of its API.</param>
    protected ThinConfig(string serviceId, string prefix, string version)
        : base(Defaults)
    {
        _prefix = prefix;
        ServiceVersion = version;
        ServiceId = serviceId;
        AuthenticationServiceName = prefix;
        EndpointProvider = new ThinEndpointProvider(prefix);
    }

    public override string RegionEndpointServiceName => _prefix;

    public override string ServiceVersion { get; }

    public override string UserAgent => "grainwatch";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        EndpointParameters known = new()
        {
            ["Region"] = parameters.AlternateEndpoint?.SystemName ?? RegionEndpoint?.SystemName ?? AuthenticationRegion,
            ["UseFIPS"] = UseFIPSEndpoint,
            ["UseDualStack"] = UseDualstackEndpoint,
            ["Endpoint"] = ServiceURL,
        };
        return EndpointProvider.ResolveEndpoint(known);
    }
}
