namespace Grainwatch.Signals.Metrics;

/// <summary>What the values of an alias of a counter mean at their source.</summary>
public enum AliasTemporality
{
    /// <summary>Each value stands for itself: a level, or the increase of one interval (CloudWatch Sum).</summary>
    Delta,

    /// <summary>A running total since the process started (Prometheus counter): a drop is a reset.</summary>
    Cumulative,
}
