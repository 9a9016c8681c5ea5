namespace Grainwatch.Signals.Metrics;

/// <summary>
/// Which labels name which level, as data: for each level the names that are tried in order. Names differ between
/// CloudWatch's dimensions, CloudWatch's PromQL, the exporters, and what teams add to their scrape configuration.
/// </summary>
public sealed record PrometheusMapping
{
    /// <summary>The mapping that the product ships.</summary>
    public static PrometheusMapping Default { get; } = new();

    public IReadOnlyList<string> Account { get; init; } = ["@aws.account", "cloud.account.id", "aws_account_id"];

    public IReadOnlyList<string> Region { get; init; } = ["@aws.region", "cloud.region", "aws_region"];

    /// <summary>True: account and region become part of the endpoint's name, so that two of one name are two.</summary>
    public bool SeparateAccounts { get; init; }

    /// <summary>
    /// The plain word comes last, since Kubernetes' service discovery also uses it for the name of a port.
    /// </summary>
    public IReadOnlyList<string> Endpoint { get; init; } =
        ["aws.sagemaker.endpoint.name", "aws_sagemaker_endpoint_name", "EndpointName", "endpoint_name", "endpoint"];

    public IReadOnlyList<string> Variant { get; init; } =
        ["aws.sagemaker.variant.name", "aws_sagemaker_variant_name", "VariantName", "variant"];

    public IReadOnlyList<string> Component { get; init; } =
    [
        "aws.sagemaker.inference_component.name", "aws_sagemaker_inference_component_name", "InferenceComponentName",
        "inference_component", "component",
    ];

    /// <summary>Names a component only of a serving engine, and only where no other label does.</summary>
    public IReadOnlyList<string> Model { get; init; } = ["model_name", "gen_ai.request.model", "gen_ai_request_model"];

    public IReadOnlyList<string> Copy { get; init; } =
        ["aws.sagemaker.container.id", "aws_sagemaker_container_id", "ContainerId", "copy"];

    public IReadOnlyList<string> Instance { get; init; } =
        ["@resource.host.id", "host.id", "host_id", "InstanceId", "instance_id", "Hostname", "hostname"];

    public IReadOnlyList<string> Gpu { get; init; } = ["AcceleratorId", "GpuId", "gpu"];

    /// <summary>Metrics of a machine: for these the scraped address names the instance where no other label does.</summary>
    public IReadOnlyList<string> HostPrefixes { get; init; } = ["DCGM_", "node_"];

    /// <summary>Labels that tell how a series was collected, or describe what is named already.</summary>
    public IReadOnlyList<string> Dropped { get; init; } =
    [
        "__name__", "job", "instance", "UUID", "pci_bus_id", "device_uuid", "modelName", "DCGM_FI_DRIVER_VERSION",
        "prometheus", "prometheus_replica", "namespace", "pod", "service", "container", "node",
        "@resource.host.type", "@resource.cloud.availability_zone",
        "aws.sagemaker.inference_framework", "cloud.resource_id", "server.address", "server.port", "server_address", "server_port",
        "gen_ai.provider.name", "gen_ai.system", "gen_ai.response.model", "gen_ai_provider_name", "gen_ai_system", "gen_ai_response_model",
    ];

    /// <summary>Labels that tell parts of one series, which are added up or averaged; beside those of the catalogue.</summary>
    public IReadOnlyList<string> Aggregated { get; init; } = [];

    /// <summary>The variant that SageMaker's examples and most endpoints use; it is left out of residual labels.</summary>
    public string DefaultVariant { get; init; } = "AllTraffic";
}
