namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Whether a function takes a window.</summary>
internal enum WindowUse
{
    None,
    Optional,
    Required,
}

/// <summary>Name and arity of a function of a metric.</summary>
internal sealed record FunctionShape(string Name, MetricFunction Function, WindowUse Window, int MinArguments = 0, int MaxArguments = 0);
