namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>How the answers of relatives become one.</summary>
public enum OverKind
{
    Any,
    All,
    Count,
    Max,
    Min,
    Avg,
}
