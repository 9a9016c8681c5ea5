namespace Grainwatch.Signals.Correlation;

/// <summary>The named shapes of an incident, in order of precedence where several fit.</summary>
public enum IncidentPattern
{
    JudgeDrift,
    HardwareFault,
    RestartLoop,
    Hang,
    AdapterChange,
    BadRollout,
    QualityCausedLoad,
    DegradedByPressure,
    MemoryLeak,
    HotGpu,
    HotCopy,
    Saturation,
    TrafficSurge,
    TrafficShift,
    QualityDrift,
    Blind,
    Unknown,
}
