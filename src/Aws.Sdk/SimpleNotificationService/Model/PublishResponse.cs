using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The topic took the message.</summary>
public class PublishResponse : AmazonWebServiceResponse
{
    public string? MessageId { get; set; }

    /// <summary>FIFO topics: its place in the order.</summary>
    public string? SequenceNumber { get; set; }
}
