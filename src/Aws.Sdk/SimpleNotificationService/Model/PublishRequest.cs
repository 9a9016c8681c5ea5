using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message to a topic.</summary>
public class PublishRequest : AmazonWebServiceRequest
{
    public string? TopicArn { get; set; }

    /// <summary>At most 262,144 bytes in UTF-8.</summary>
    public string? Message { get; set; }

    /// <summary>Fewer than 100 printable characters.</summary>
    public string? Subject { get; set; }

    /// <summary>What subscriptions filter by.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>FIFO topics: what is kept in order.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>FIFO topics: what is delivered once within five minutes.</summary>
    public string? MessageDeduplicationId { get; set; }
}
