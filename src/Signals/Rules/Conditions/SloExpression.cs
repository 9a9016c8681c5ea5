namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>
/// <c>slo(requests - errors_5xx, requests, 99.9%, windows: 1h/5m and 6h/30m)</c>: the error budget burns too fast in
/// both windows of any pair.
/// </summary>
/// <param name="Good">What went well: counters, added or taken away.</param>
/// <param name="Total">What there was.</param>
/// <param name="Target">The share that must go well, in (0, 1).</param>
/// <param name="Windows">At least one pair.</param>
public sealed record SloExpression(IReadOnlyList<SloTerm> Good, IReadOnlyList<SloTerm> Total, NumberExpression Target, IReadOnlyList<BurnWindow> Windows) : Expression
{
    /// <summary>The pairs that are used where none are named.</summary>
    public static IReadOnlyList<BurnWindow> DefaultWindows { get; } =
    [
        new(new(TimeSpan.FromHours(1)), new(TimeSpan.FromMinutes(5))),
        new(new(TimeSpan.FromHours(6)), new(TimeSpan.FromMinutes(30))),
    ];

    public bool Equals(SloExpression? other) =>
        other is not null && Good.SequenceEqual(other.Good) && Total.SequenceEqual(other.Total) && Target == other.Target && Windows.SequenceEqual(other.Windows);

    public override int GetHashCode() => HashCode.Combine(Good.Count, Total.Count, Target, Windows.Count);
}
