using Grainwatch.Grains.Hosting;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Grains.Correlation;

/// <summary>Brings a row of the outbox to the publisher of its receiver's kind.</summary>
public sealed class Publishing(RuleSet rules, PublisherDirectory publishers)
{
    public async Task<PublishResult> SendAsync(OutboxRow row, NotificationBody body, CancellationToken cancellationToken)
    {
        RuleReceiver? receiver = rules.Receivers.FirstOrDefault(r => r.Name == row.Receiver);
        string kind = receiver?.Kind switch
        {
            null or ReceiverKind.Log => "log",
            ReceiverKind.Sns => "sns",
            _ => "webhook",
        };
        IAlertPublisher? publisher = publishers.Find(kind);
        if (publisher is null)
        {
            return new PublishResult(PublishAnswer.RefusedForGood, Detail: $"this silo has no publisher for '{kind}'");
        }

        OutgoingMessage message = new(row.Id, row.Receiver, body.Subject, CloudWatchAlarmJson.Write(body, NotificationStyle.Default));
        return await publisher.PublishAsync(message, receiver?.Target, cancellationToken);
    }
}
