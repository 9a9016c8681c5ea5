namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>
/// Where in the condition's text an expression begins. All offsets are equal, so that two expressions are equal when
/// they say the same, wherever they are written.
/// </summary>
public readonly struct SourceOffset(int value) : IEquatable<SourceOffset>
{
    public int Value { get; } = value;

    public bool Equals(SourceOffset other) => true;

    public override bool Equals(object? obj) => obj is SourceOffset;

    public override int GetHashCode() => 0;

    public static bool operator ==(SourceOffset left, SourceOffset right) => left.Equals(right);

    public static bool operator !=(SourceOffset left, SourceOffset right) => !left.Equals(right);
}
