using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Grainwatch.Hosting.Cluster;

/// <summary>A gateway may start before the first silo: it tries again for as long as it is let.</summary>
public sealed partial class ConnectionRetry(TimeProvider time, ILogger<ConnectionRetry> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exception);
        LogNotConnected(logger, exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(EventId = 1, EventName = "NotConnected", Level = LogLevel.Warning, Message = "no silo can be reached yet ({Reason}); it is tried again each second")]
    private static partial void LogNotConnected(ILogger logger, string reason);
}
