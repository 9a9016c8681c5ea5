using Grainwatch.Generator.Fleet;

namespace Grainwatch.Generator.Scenarios;

/// <summary>Something that acts on the fleet for a while, with a dose from 0 to 1.</summary>
/// <param name="FromMinute">When it begins.</param>
/// <param name="ToMinute">When it is gone at once.</param>
/// <param name="RampMinutes">In which its dose rises from 0 to 1; 0: at once.</param>
/// <param name="Apply">Sets conditions for a dose; the third argument is the minutes since it began.</param>
public sealed record Effect(double FromMinute, double ToMinute, double RampMinutes, Action<FleetModel, double, double> Apply)
{
    public void At(double minute, FleetModel fleet)
    {
        if (minute >= FromMinute && minute < ToMinute)
        {
            double since = minute - FromMinute;
            Apply(fleet, RampMinutes <= 0 ? 1.0 : Math.Min(1.0, since / RampMinutes), since);
        }
    }
}
