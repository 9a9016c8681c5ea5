namespace Grainwatch.Signals.Alerts;

/// <summary>How a matcher compares: =, !=, =~, !~.</summary>
public enum MatchOperator
{
    Equal,
    NotEqual,
    Matches,
    NotMatches,
}
