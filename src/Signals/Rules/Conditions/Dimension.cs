using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What a number measures, as far as the checker follows it.</summary>
/// <param name="Unit">The unit; None: a plain number.</param>
/// <param name="IsPerSecond">True for a rate of change of <paramref name="Unit"/> that has no name of its own.</param>
/// <param name="IsUnknown">True where nothing is known (a metric outside the catalogue): fits everything.</param>
internal readonly record struct Dimension(MetricUnit Unit, bool IsPerSecond = false, bool IsUnknown = false)
{
    public static Dimension Plain => new(MetricUnit.None);

    public static Dimension Unknown => new(MetricUnit.None, false, true);

    public bool IsPlain => Unit == MetricUnit.None && !IsPerSecond && !IsUnknown;

    /// <summary>Shares, scores and numbers of things scale other quantities and take plain numbers.</summary>
    private bool IsScalar => !IsPerSecond && Unit is MetricUnit.None or MetricUnit.Ratio or MetricUnit.Score or MetricUnit.Count;

    public static Dimension Of(MetricUnit unit) => unit == MetricUnit.None ? Unknown : new Dimension(unit);

    public Dimension PerSecond() => (Unit, IsPerSecond, IsUnknown) switch
    {
        (_, true, _) or (_, _, true) => Unknown,
        (MetricUnit.Count or MetricUnit.None, _, _) => new Dimension(MetricUnit.PerSecond),
        (MetricUnit.Seconds, _, _) => new Dimension(MetricUnit.Ratio),
        _ => new Dimension(Unit, true),
    };

    public Dimension Times(Dimension other) =>
        IsUnknown || other.IsUnknown ? Unknown
        : IsPlain ? other
        : other.IsScalar ? this
        : IsScalar ? other
        : Unit == MetricUnit.PerSecond && other.Unit == MetricUnit.Seconds ? new Dimension(MetricUnit.Count)
        : Unknown;

    public Dimension Over(Dimension other) =>
        IsUnknown || other.IsUnknown ? Unknown
        : other.IsPlain ? this
        : this == other ? new Dimension(MetricUnit.Ratio)
        : Unit == MetricUnit.Count && other.Unit == MetricUnit.Seconds ? new Dimension(MetricUnit.PerSecond)
        : other.IsScalar ? this
        : Unknown;

    /// <summary>True when the two may be added and compared; plain numbers fit what has no unit that could be mistaken.</summary>
    public bool Fits(Dimension other) =>
        IsUnknown || other.IsUnknown || this == other
        || (IsPlain && other.TakesPlain) || (other.IsPlain && TakesPlain)
        || (IsShare && other.IsShare);

    public override string ToString() => (IsUnknown ? "unknown" : Unit switch
    {
        MetricUnit.None => "a plain number",
        MetricUnit.Ratio => "a share",
        MetricUnit.Seconds => "a time",
        MetricUnit.Bytes => "a size in bytes",
        MetricUnit.Count => "a count",
        MetricUnit.PerSecond => "a rate per second",
        MetricUnit.Celsius => "a temperature",
        MetricUnit.Watts => "a power",
        MetricUnit.Hertz => "a frequency",
        _ => "a score",
    }) + (IsPerSecond ? " per second" : "");

    private bool IsShare => !IsPerSecond && Unit is MetricUnit.Ratio or MetricUnit.Score;

    private bool TakesPlain => !IsPerSecond && Unit is not (MetricUnit.Seconds or MetricUnit.Bytes);
}
