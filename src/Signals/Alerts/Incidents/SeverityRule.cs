namespace Grainwatch.Signals.Alerts;

/// <summary>What a pattern makes of the highest severity among an incident's members.</summary>
/// <param name="Lowest">The incident is at least this loud.</param>
/// <param name="Highest">And at most this.</param>
public readonly record struct SeverityRule(Severity Lowest, Severity Highest)
{
    public Severity Apply(Severity members) => members < Lowest ? Lowest : members > Highest ? Highest : members;
}
