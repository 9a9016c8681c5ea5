using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Silo.Receivers;

/// <summary>Writes the notification's subject to the log: the receiver that needs no configuration.</summary>
public sealed partial class LogPublisher(ILogger<LogPublisher> logger) : IAlertPublisher
{
    public string Kind => "log";

    public Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        LogNotification(logger, message.Receiver, message.Subject, message.NotificationId);
        return Task.FromResult(new PublishResult(PublishAnswer.Accepted));
    }

    [LoggerMessage(EventId = 1, EventName = "Notification", Level = LogLevel.Information, Message = "{Receiver}: {Subject} ({NotificationId})")]
    private static partial void LogNotification(ILogger logger, string receiver, string subject, string notificationId);
}
