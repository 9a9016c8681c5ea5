using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>Reads the answer to a Publish request, or why it was refused.</summary>
internal sealed class PublishResponseUnmarshaller : XmlResponseUnmarshaller
{
    public static PublishResponseUnmarshaller Instance { get; } = new();

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        XElement answer = XElement.Load(input.Stream);
        return new PublishResponse { MessageId = Find(answer, "MessageId"), SequenceNumber = Find(answer, "SequenceNumber") };
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        ErrorResponse error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        return new AmazonSimpleNotificationServiceException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }

    private static string? Find(XElement answer, string name) => answer.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
}
