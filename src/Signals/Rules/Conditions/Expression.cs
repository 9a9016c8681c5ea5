namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>A node of a condition's tree. Immutable; equal when it says the same; printed by <see cref="ConditionPrinter"/>.</summary>
public abstract record Expression
{
    /// <summary>Where it begins.</summary>
    public SourceOffset At { get; init; }

    public sealed override string ToString() => ConditionPrinter.Print(this);
}
