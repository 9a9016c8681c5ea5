using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Correlation;

/// <summary>What a correlation grain writes: the alerts as one JSON document, so that the storage knows no shape of ours.</summary>
[GenerateSerializer, Alias("grainwatch.correlation-state")]
public sealed class CorrelationState
{
    /// <summary><see cref="EndpointAlertsState"/> as JSON; null: nothing was written yet.</summary>
    [Id(0)]
    public string? AlertsJson { get; set; }

    /// <summary>The clock of this state.</summary>
    [Id(1)]
    public long ClockUnixMs { get; set; }

    /// <summary>Which clock that is.</summary>
    [Id(2)]
    public ClockDomain Clock { get; set; }

    /// <summary>On the clock of a recording: from when each silence holds.</summary>
    [Id(3)]
    public Dictionary<string, long> SilencesHeardAtUnixMs { get; set; } = new(StringComparer.Ordinal);
}
