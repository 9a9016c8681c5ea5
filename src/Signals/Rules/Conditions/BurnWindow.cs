namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>A long window that shows that the budget burns, and a short one that shows that it still does.</summary>
/// <param name="Long">The long one.</param>
/// <param name="Short">The short one.</param>
public readonly record struct BurnWindow(WindowLength Long, WindowLength Short)
{
    /// <summary>
    /// The burn rate that both must exceed, after the multi-window table of the Site Reliability Workbook: 2 % of a
    /// 30-day budget in an hour (14.4), 5 % in six hours (6), 10 % in a day and more (3, 1).
    /// </summary>
    public double Factor => Long.Span.TotalHours switch { <= 2 => 14.4, <= 6 => 6.0, <= 24 => 3.0, _ => 1.0 };

    public override string ToString() => $"{Long}/{Short}";
}
