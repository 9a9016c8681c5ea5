namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Whose metric is meant, seen from the entity that the rule is bound to.</summary>
public enum Reach
{
    /// <summary>The entity's own.</summary>
    Own,

    /// <summary><c>endpoint.m</c>: that of the endpoint it belongs to.</summary>
    Endpoint,

    /// <summary><c>instance.m</c>: that of the instance it runs on.</summary>
    Instance,
}
