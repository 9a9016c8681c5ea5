using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.SimpleNotificationService.Model;
using Grainwatch.Aws.Sdk.Wire;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>Writes a Publish request.</summary>
internal sealed class PublishRequestMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static PublishRequestMarshaller Instance { get; } = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        PublishRequest request = (PublishRequest)input;
        List<(string, string?)> fields =
        [
            ("TopicArn", request.TopicArn),
            ("Message", request.Message),
            ("Subject", request.Subject),
            ("MessageGroupId", request.MessageGroupId),
            ("MessageDeduplicationId", request.MessageDeduplicationId),
        ];
        int number = 1;
        foreach ((string name, MessageAttributeValue value) in request.MessageAttributes ?? [])
        {
            string entry = $"MessageAttributes.entry.{number++}";
            fields.Add(($"{entry}.Name", name));
            fields.Add(($"{entry}.Value.DataType", value.DataType));
            fields.Add(($"{entry}.Value.StringValue", value.StringValue));
        }

        return QueryForm.Of(request, "Amazon.SimpleNotificationService", "2010-03-31", "Publish", fields);
    }
}
