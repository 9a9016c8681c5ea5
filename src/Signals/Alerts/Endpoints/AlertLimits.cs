namespace Grainwatch.Signals.Alerts;

/// <summary>The bounds and waits of one endpoint's alerts. Reaching a bound is counted and keeps what was there before.</summary>
public sealed record AlertLimits
{
    /// <summary>Alerts of one endpoint. The default is 2,000.</summary>
    public int InstancesMax { get; init; } = 2_000;

    /// <summary>Incidents kept, open or not yet told as ended. The default is 32.</summary>
    public int IncidentsMax { get; init; } = 32;

    /// <summary>Members of one incident. The default is 64.</summary>
    public int MembersMax { get; init; } = 64;

    /// <summary>Groups. The default is 64.</summary>
    public int GroupsMax { get; init; } = 64;

    /// <summary>Notifications on their way. The default is 64.</summary>
    public int OutboxMax { get; init; } = 64;

    /// <summary>Bytes of the written state. The default is 131,072.</summary>
    public int HeadBytesMax { get; init; } = 131_072;

    /// <summary>How far ahead of the clock a verdict may be. The default is 5 min.</summary>
    public TimeSpan FutureMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Onsets this close belong together. The default is 10 min.</summary>
    public TimeSpan OnsetWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the first page of an incident waits for its diagnosis. The default is 0: it is there at once.</summary>
    public TimeSpan DiagnosisWait { get; init; } = TimeSpan.Zero;

    /// <summary>After how much silence an instance, copy or GPU whose rule ignores gaps counts as gone. The default is 1 h.</summary>
    public TimeSpan RetireAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the store may refuse before a page goes out unrecorded. The default is 60 s.</summary>
    public TimeSpan UnrecordedAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True: nothing goes out before it is written, however long that takes. The default is false.</summary>
    public bool IsStrict { get; init; }

    public IncidentResolution Resolution { get; init; } = IncidentResolution.AllMembersEnded;

    public static AlertLimits Default { get; } = new();
}
