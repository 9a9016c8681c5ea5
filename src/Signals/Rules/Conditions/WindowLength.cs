namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>The length of a window, at most <see cref="Max"/>.</summary>
/// <param name="Span">How long; zero: <c>staleAfter</c>, which follows from the interval of the series.</param>
public readonly record struct WindowLength(TimeSpan Span)
{
    public static readonly TimeSpan Max = TimeSpan.FromHours(24);

    private static readonly TimeSpan LeastStaleAfter = TimeSpan.FromSeconds(90);

    /// <summary><c>[staleAfter]</c>: how long a series may be silent before its data has stopped.</summary>
    public static WindowLength StaleAfter => default;

    /// <summary>The length for series of the given interval.</summary>
    public TimeSpan For(TimeSpan interval) => Span > TimeSpan.Zero ? Span : StaleAfterOf(interval);

    /// <summary>Three intervals, and at least 90 s.</summary>
    public static TimeSpan StaleAfterOf(TimeSpan interval) => interval * 3 > LeastStaleAfter ? interval * 3 : LeastStaleAfter;

    public override string ToString() => Span > TimeSpan.Zero ? Durations.Format(Span) : "staleAfter";
}
