namespace Grainwatch.Generator.Fleet;

/// <summary>One machine.</summary>
public sealed class InstanceModel(string entity, IReadOnlyList<GpuModel> gpus)
{
    public string Entity { get; } = entity;

    public IReadOnlyList<GpuModel> Gpus { get; } = gpus;

    /// <summary>Share of host memory lost to a leak.</summary>
    public double LeakedMemory { get; set; }

    /// <summary>Share of the processors that something else takes.</summary>
    public double ExtraCpu { get; set; }

    public void Reset()
    {
        LeakedMemory = 0.0;
        ExtraCpu = 0.0;
    }
}
