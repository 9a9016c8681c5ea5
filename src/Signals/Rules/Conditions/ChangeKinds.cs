using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>The words of <see cref="ChangeKind"/>.</summary>
public static class ChangeKinds
{
    /// <summary>As it is written in rules and requests.</summary>
    public static string Name(this ChangeKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The event series that holds changes of a kind.</summary>
    public static MetricName Metric(this ChangeKind kind) => MetricName.Of(kind switch
    {
        ChangeKind.Deployment => "deployment_event",
        ChangeKind.Adapter => "adapter_change_event",
        ChangeKind.Scaling => "scaling_event",
        _ => "restarts",
    });
}
