namespace Grainwatch.Signals.Metrics;

/// <summary>What a mapping made of a label set.</summary>
public enum MappingOutcome
{
    /// <summary>The labels name an entity.</summary>
    Mapped,

    /// <summary>They name none: the series is kept under <c>unmapped/JOB/INSTANCE</c>.</summary>
    Unmapped,

    /// <summary>A series about the series (<c>_created</c>): nothing to keep.</summary>
    Ignored,

    /// <summary>There is no <c>__name__</c>.</summary>
    NoName,

    /// <summary>A bucket without a bound that can be read.</summary>
    BadBound,
}
