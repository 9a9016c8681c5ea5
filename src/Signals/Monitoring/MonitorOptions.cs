using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Monitoring;

/// <summary>How an endpoint is watched.</summary>
public sealed record MonitorOptions
{
    public static MonitorOptions Default { get; } = new();

    /// <summary>The windows. The default bucket is 10 s.</summary>
    public WindowBlockOptions Windows { get; init; } = new();

    /// <summary>The quality detectors and their budget of false alarms.</summary>
    public QualityMonitorOptions Quality { get; init; } = QualityMonitorOptions.Default;

    /// <summary>Until this much event time has passed since the first point, verdicts are marked as warming. The default is 5 min.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMinutes(5);
}
