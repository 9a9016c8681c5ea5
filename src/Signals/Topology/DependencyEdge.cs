namespace Grainwatch.Signals.Topology;

/// <summary>One call dependency: <paramref name="Caller"/> calls <paramref name="Callee"/>, so trouble travels from callee to caller.</summary>
public sealed record DependencyEdge(EntityId Caller, EntityId Callee);
