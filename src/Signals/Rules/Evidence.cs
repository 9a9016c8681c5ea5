namespace Grainwatch.Signals.Rules;

/// <summary>Why a verdict says what it says.</summary>
/// <param name="Value">The left side of the comparison that decided, in the metric's canonical unit; null: none.</param>
/// <param name="Threshold">The right side; null: none.</param>
/// <param name="Text">One sentence in words and numbers, for people.</param>
/// <param name="N">Answers or points behind the value; null where it does not apply.</param>
/// <param name="Lower">Lower bound of an estimated value; null where it is measured.</param>
/// <param name="Upper">Upper bound of an estimated value; null where it is measured.</param>
public sealed record Evidence(double? Value, double? Threshold, string Text, int? N = null, double? Lower = null, double? Upper = null)
{
    public static Evidence None { get; } = new(null, null, "");
}
