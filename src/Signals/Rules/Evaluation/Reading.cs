namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A number, or why there is none.</summary>
/// <param name="Value">Meaningless unless known.</param>
/// <param name="State">True: known; else Hold, Missing or Error.</param>
internal readonly record struct Reading(double Value, Truth State)
{
    public static Reading Missing => new(double.NaN, Truth.Missing);

    public bool IsKnown => State == Truth.True;

    /// <summary>A number that was computed from data; what is not finite could not be computed.</summary>
    public static Reading Of(double value) => new(value, double.IsFinite(value) ? Truth.True : Truth.Error);

    public static Reading Of(double? value) => value is { } known ? Of(known) : Missing;

    public static Reading Open(Reading left, Reading right) =>
        new(double.NaN, left.IsKnown ? right.State : right.IsKnown ? left.State : ThreeValued.Louder(left.State, right.State));
}
