namespace Grainwatch.Signals.Rules;

/// <summary>The entities that a rule is about.</summary>
public enum RuleScope
{
    Endpoint,
    Component,
    Copy,
    Instance,
    Gpu,

    /// <summary>A generic entity of a dependency graph.</summary>
    Entity,

    /// <summary>A judge of answers: what is below the pseudo-endpoint <c>_judge</c>.</summary>
    Judge,

    /// <summary>A source of data: what is below the pseudo-endpoint <c>_source</c>.</summary>
    Source,
}
