using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Monitoring;

/// <summary>How documents spell what the core has as enums.</summary>
public static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Page => "page",
        Severity.Warn => "warn",
        _ => "info",
    };
}
