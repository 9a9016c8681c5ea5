namespace Grainwatch.Signals.Metrics;

/// <summary>Which way is bad. A rule that inverts it is refused.</summary>
public enum MetricDirection
{
    /// <summary>Neither way is bad by itself.</summary>
    Neutral,

    HigherIsWorse,

    LowerIsWorse,
}
