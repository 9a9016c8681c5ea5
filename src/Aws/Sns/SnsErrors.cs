using Amazon.Runtime;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Aws.Sns;

/// <summary>What an error of Amazon SNS means for a notification.</summary>
public static class SnsErrors
{
    /// <summary>Codes after which the same request can succeed.</summary>
    private static readonly HashSet<string> ForNow = new(StringComparer.Ordinal)
    {
        "InternalError", "InternalErrorException", "InternalFailure", "ServiceUnavailable", "KMSThrottling", "KMSThrottlingException",
        "Throttled", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestThrottled", "SlowDown",
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "RequestTimeTooSkewed",
    };

    /// <summary>
    /// A refusal with a code was no delivery. A server that failed may have delivered before it did: that is no answer.
    /// </summary>
    public static PublishAnswer Classify(AmazonServiceException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        int status = (int)error.StatusCode;
        if (status is 500 or 502 or 504 or 0)
        {
            return PublishAnswer.None;
        }

        bool isForNow = status is 429 or 503 || (error.ErrorCode is { } code && ForNow.Contains(code));
        return isForNow ? PublishAnswer.RefusedForNow : PublishAnswer.RefusedForGood;
    }
}
