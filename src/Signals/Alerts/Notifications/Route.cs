using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Which notifications go to whom, and how they are gathered. The first route that matches decides.</summary>
public sealed record Route
{
    /// <summary>The shortest allowed <see cref="GroupInterval"/>.</summary>
    public static readonly TimeSpan GroupIntervalMin = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan GroupIntervalDefault = TimeSpan.FromMinutes(5);

    /// <summary>Part of the group's identity.</summary>
    public required string Name { get; init; }

    public required string Receiver { get; init; }

    /// <summary>All must match; none: everything does.</summary>
    public ImmutableArray<Matcher> Matchers { get; init; } = [];

    /// <summary>The labels whose values make a group. The default is endpoint, incident, severity; endpoint and severity are required.</summary>
    public ImmutableArray<string> GroupBy { get; init; } = [AlertLabels.Endpoint, AlertLabels.Incident, AlertLabels.Severity];

    /// <summary>How long a new group gathers. The default is 30 s; a group of severity page never waits.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time between two notifications of a group. The default is 5 min; must be at least 10 s.</summary>
    public TimeSpan GroupInterval { get; init; } = GroupIntervalDefault;

    /// <summary>After how long something that still fires is told again. The default is 4 h.</summary>
    public TimeSpan Repeat { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Told only inside one of these; none: always.</summary>
    public ImmutableArray<TimeWindow> ActiveTimes { get; init; } = [];

    /// <summary>Not told inside any of these.</summary>
    public ImmutableArray<TimeWindow> MuteTimes { get; init; } = [];

    /// <summary>True: the routes behind this one are asked as well.</summary>
    public bool IsContinued { get; init; }

    /// <summary>Everything that is wrong with it; empty when nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        List<string> errors = [];
        foreach (string name in new[] { AlertLabels.Endpoint, AlertLabels.Severity })
        {
            if (!GroupBy.Contains(name))
            {
                errors.Add($"route '{Name}': groupBy must contain {name}");
            }
        }

        if (GroupInterval < GroupIntervalMin)
        {
            errors.Add($"route '{Name}': groupInterval must be at least {GroupIntervalMin.TotalSeconds} s");
        }

        if (GroupWait < TimeSpan.Zero || Repeat < GroupInterval)
        {
            errors.Add($"route '{Name}': groupWait must not be negative, and repeat not shorter than groupInterval");
        }

        errors.AddRange(Matchers.Select(m => m.Error).OfType<string>().Select(e => $"route '{Name}': {e}"));
        return errors;
    }
}
