namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Leaves the parser at the first error of a condition; never leaves this room.</summary>
internal sealed class ConditionException(int offset, string message) : Exception(message)
{
    public int Offset { get; } = offset;
}
