using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>A part of the week, in UTC.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Days">On which days; empty: every day.</param>
/// <param name="FromMinute">First minute of the day, 0 to 1439.</param>
/// <param name="ToMinute">The minute at which it ends, 1 to 1440; not later than the first: it ends on the next day.</param>
public sealed record TimeWindow(string Name, ImmutableArray<DayOfWeek> Days, int FromMinute, int ToMinute)
{
    public bool Contains(Timestamp now)
    {
        DateTimeOffset time = now.ToDateTimeOffset();
        int minute = (time.Hour * 60) + time.Minute;
        return FromMinute < ToMinute
            ? IsOn(time.DayOfWeek) && minute >= FromMinute && minute < ToMinute
            : (IsOn(time.DayOfWeek) && minute >= FromMinute) || (IsOn(time.AddDays(-1).DayOfWeek) && minute < ToMinute);
    }

    private bool IsOn(DayOfWeek day) => Days.IsEmpty || Days.Contains(day);
}
