namespace Grainwatch.Signals.Topology;

/// <summary>What an entity is. The first five are SageMaker's; a node stands for anything that only has dependencies.</summary>
public enum EntityKind
{
    /// <summary>A SageMaker endpoint.</summary>
    Endpoint,

    /// <summary>An inference component (or a production variant that has none).</summary>
    Component,

    /// <summary>One running copy of an inference component.</summary>
    Copy,

    /// <summary>A machine behind an endpoint.</summary>
    Instance,

    /// <summary>One accelerator of an instance.</summary>
    Gpu,

    /// <summary>A generic node of a dependency graph, taken literally.</summary>
    Node,
}
