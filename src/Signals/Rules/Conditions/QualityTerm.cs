namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What a condition asks of a quality dimension.</summary>
public enum QualityTerm
{
    /// <summary><c>quality(d)</c>, only as the left side of <c>&lt;</c> or <c>&gt;</c> and a number.</summary>
    Quality,

    /// <summary><c>drift(d)</c>, a condition.</summary>
    Drift,

    /// <summary><c>unknown(d)[w]</c>, a share.</summary>
    Unknown,

    /// <summary><c>coverage(d)[w]</c>, a share.</summary>
    Coverage,
}
