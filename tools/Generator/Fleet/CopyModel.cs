using Grainwatch.Generator.Engine;

namespace Grainwatch.Generator.Fleet;

/// <summary>One copy of a component in its place.</summary>
public sealed class CopyModel(
    string id, string entityKey, ServingEngine engine, InstanceModel instance, IReadOnlyList<GpuModel> gpus)
{
    public string Id { get; } = id;

    public string EntityKey { get; } = entityKey;

    public ServingEngine Engine { get; } = engine;

    public InstanceModel Instance { get; } = instance;

    public IReadOnlyList<GpuModel> Gpus { get; } = gpus;

    public int InFlight => Engine.Running + Engine.Waiting;
}
