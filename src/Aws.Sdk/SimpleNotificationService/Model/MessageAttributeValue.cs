namespace Amazon.SimpleNotificationService.Model;

/// <summary>One attribute of a message.</summary>
public class MessageAttributeValue
{
    /// <summary>String, String.Array or Number.</summary>
    public string? DataType { get; set; }

    public string? StringValue { get; set; }
}
