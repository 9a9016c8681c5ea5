namespace Grainwatch.Generator.Fleet;

/// <summary>One endpoint: instances of one type, each with the same copies on it.</summary>
/// <param name="Name">Of the endpoint.</param>
/// <param name="InstanceType">As SageMaker writes it.</param>
/// <param name="Instances">Ids of the instances.</param>
/// <param name="GpusPerInstance">GPUs of each.</param>
/// <param name="GpuMemoryMib">Frame buffer of one GPU.</param>
/// <param name="Components">What runs on every instance.</param>
public sealed record EndpointSpec(
    string Name,
    string InstanceType,
    IReadOnlyList<string> Instances,
    int GpusPerInstance,
    int GpuMemoryMib,
    IReadOnlyList<ComponentSpec> Components);
