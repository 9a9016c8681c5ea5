using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints;

public sealed partial class EndpointGrain
{
    [LoggerMessage(EventId = 1, EventName = "VerdictsNotTold", Level = LogLevel.Warning, Message = "{Count} verdicts of {Endpoint} were not taken; they are told again within 30 s")]
    private static partial void LogNotTold(ILogger logger, int count, EntityId endpoint, Exception exception);
}
