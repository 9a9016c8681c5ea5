using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Aws.Sns;

/// <summary>Publishes notifications to Amazon SNS topics, one attempt each: what follows is the outbox's to decide.</summary>
public sealed class SnsPublisher(SnsClients clients) : IAlertPublisher
{
    private const string FifoSuffix = ".fifo";

    public string Kind => "sns";

    public async Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (target is null)
        {
            return new PublishResult(PublishAnswer.RefusedForGood, Detail: "the receiver names no topic");
        }

        try
        {
            PublishResponse response = await clients.For(target).PublishAsync(Request(message, target), cancellationToken);
            return new PublishResult(PublishAnswer.Accepted, response.MessageId);
        }
        catch (AmazonServiceException e)
        {
            return new PublishResult(SnsErrors.Classify(e), Detail: $"{e.ErrorCode}: {e.Message}");
        }
        catch (AmazonClientException e)
        {
            // No credentials, no region: nothing was sent, and somebody may mend it.
            return new PublishResult(PublishAnswer.RefusedForNow, Detail: e.Message);
        }
        catch (HttpRequestException e) when (
            e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new PublishResult(PublishAnswer.RefusedForNow, Detail: e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            return new PublishResult(PublishAnswer.None, Detail: e.Message);
        }
    }

    private static PublishRequest Request(OutgoingMessage message, string topic)
    {
        PublishRequest request = new()
        {
            TopicArn = topic,
            Subject = message.Subject,
            Message = Encoding.UTF8.GetString(message.Body.Span),
            MessageAttributes = Attributes(message),
        };
        if (topic.EndsWith(FifoSuffix, StringComparison.Ordinal))
        {
            request.MessageGroupId = message.Receiver;
            request.MessageDeduplicationId = message.NotificationId;
        }

        return request;
    }

    /// <summary>What filter policies of subscriptions choose by.</summary>
    private static Dictionary<string, MessageAttributeValue> Attributes(OutgoingMessage message)
    {
        Dictionary<string, MessageAttributeValue> attributes = new(StringComparer.Ordinal) { ["notificationId"] = Text(message.NotificationId) };
        using JsonDocument body = JsonDocument.Parse(message.Body);
        if (body.RootElement.TryGetProperty("Grainwatch", out JsonElement ours))
        {
            foreach (string name in new[] { "kind", "severity", "endpoint" })
            {
                if (ours.TryGetProperty(name, out JsonElement value) && value.GetString() is { Length: > 0 } text)
                {
                    attributes[name] = Text(text);
                }
            }
        }

        return attributes;
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
