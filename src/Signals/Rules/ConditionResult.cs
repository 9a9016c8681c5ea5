namespace Grainwatch.Signals.Rules;

/// <summary>What a bound rule says at one instant. Evidence is written only when somebody asks for it.</summary>
public readonly struct ConditionResult(Truth truth, BoundRule? source = null) : IEquatable<ConditionResult>
{
    public Truth Truth { get; } = truth;

    /// <summary>Why. Ask before the rule is evaluated again: the words are made of the numbers of its last evaluation.</summary>
    public Evidence Explain() => source?.Explain() ?? Evidence.None;

    public bool Equals(ConditionResult other) => Truth == other.Truth;

    public override bool Equals(object? obj) => obj is ConditionResult other && Equals(other);

    public override int GetHashCode() => (int)Truth;

    public static bool operator ==(ConditionResult left, ConditionResult right) => left.Equals(right);

    public static bool operator !=(ConditionResult left, ConditionResult right) => !left.Equals(right);
}
