namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>Kleene's strong logic, with three kinds of the third value that rank Error, Missing, Hold.</summary>
internal static class ThreeValued
{
    public static bool IsOpen(Truth truth) => truth > Truth.False;

    public static Truth Not(Truth truth) => truth switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => truth };

    public static Truth And(Truth left, Truth right) =>
        left == Truth.False || right == Truth.False ? Truth.False
        : left == Truth.True ? right
        : right == Truth.True ? left
        : Louder(left, right);

    public static Truth Or(Truth left, Truth right) =>
        left == Truth.True || right == Truth.True ? Truth.True
        : left == Truth.False ? right
        : right == Truth.False ? left
        : Louder(left, right);

    /// <summary>The third value that says more. <see cref="Truth"/> declares them in that order.</summary>
    public static Truth Louder(Truth left, Truth right) => left > right ? left : right;
}
