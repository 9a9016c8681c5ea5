using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>Amazon SNS refused a request; <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public class AmazonSimpleNotificationServiceException(
    string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
