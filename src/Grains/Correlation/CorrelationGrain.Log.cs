using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Correlation;

public sealed partial class CorrelationGrain
{
    [LoggerMessage(EventId = 1, EventName = "NotExplained", Level = LogLevel.Warning,
        Message = "the series of {Endpoint} were not to be had; its incident is told without a cause")]
    private static partial void LogNotExplained(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(EventId = 3, EventName = "SilencesUnknown", Level = LogLevel.Warning,
        Message = "the silences are not to be had; {Endpoint} tells nothing for up to a minute")]
    private static partial void LogSilencesUnknown(ILogger logger, string endpoint, Exception exception);
}
