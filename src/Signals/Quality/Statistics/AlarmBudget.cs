namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>How much evidence an alarm takes, from how many false alarms are allowed.</summary>
/// <remarks>
/// An e-detector at level A gives at most N/A false alarms in N judged answers, so A = N a day / false alarms a day. For
/// a fleet budget over S streams each stream gets an equal part; expectations add, so no independence is needed.
/// </remarks>
public static class AlarmBudget
{
    /// <summary>Less evidence than this is never an alarm, however little traffic there is.</summary>
    public const double LevelMin = 20;

    /// <summary>A of one stream.</summary>
    public static double Level(double judgedADay, double falseAlarmsADay)
    {
        Invariant.Require(judgedADay >= 0);
        Invariant.Require(falseAlarmsADay > 0);
        return Math.Max(judgedADay / falseAlarmsADay, LevelMin);
    }

    /// <summary>A of one of <paramref name="streams"/> streams that share a budget.</summary>
    public static double FleetLevel(double judgedADay, int streams, double fleetFalseAlarmsADay)
    {
        Invariant.Require(streams > 0);
        return Level(judgedADay, fleetFalseAlarmsADay / streams);
    }
}
