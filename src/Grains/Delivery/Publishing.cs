using Grainwatch.Grains.Hosting;
using Grainwatch.Grains.Rules;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Delivery;

/// <summary>Brings a row of the outbox to the publisher of its receiver's kind.</summary>
public sealed partial class Publishing(RulesInForce rules, PublisherDirectory publishers, TimeProvider time, ILogger<Publishing> logger)
{
    /// <summary>How long one attempt may take: shorter than a claim of the outbox, and than a call between grains.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Makes one attempt. Never throws: what went wrong is an answer, and the outbox decides what follows.</summary>
    public async Task<PublishResult> SendAsync(OutboxRow row, NotificationBody body)
    {
        RuleReceiver? receiver = rules.Rules.Receivers.FirstOrDefault(r => r.Name == row.Receiver);
        if (receiver is null && row.Receiver != AlertContextFactory.LogReceiver)
        {
            return new PublishResult(PublishAnswer.RefusedForGood, Detail: "the rules name no such receiver any more");
        }

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

        OutgoingMessage message = new(row.Id, row.Receiver, body.Subject, Body(receiver, body));
        using CancellationTokenSource deadline = new(Patience, time);
        try
        {
            return await publisher.PublishAsync(message, receiver?.Target, deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception e)
        {
            // It may have arrived or not: no answer.
            LogNoAnswer(logger, row.Receiver, row.Id, e);
            return new PublishResult(PublishAnswer.None, Detail: e.Message);
        }
    }

    private byte[] Body(RuleReceiver? receiver, NotificationBody body) =>
        receiver is { Kind: ReceiverKind.Webhook or ReceiverKind.Watchdog, Format: WebhookFormat.Alertmanager }
            ? AlertmanagerJson.Write(body, NotificationStyle.Default, rule => rules.Rules.Find(rule)?.Runbook)
            : CloudWatchAlarmJson.Write(body, NotificationStyle.Default);

    [LoggerMessage(EventId = 1, EventName = "NoAnswer", Level = LogLevel.Warning, Message = "{Receiver} gave no answer to {NotificationId}; it is tried again")]
    private static partial void LogNoAnswer(ILogger logger, string receiver, string notificationId, Exception exception);
}
