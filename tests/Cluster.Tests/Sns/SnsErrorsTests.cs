using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Grainwatch.Aws.Sns;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Cluster.Tests.Sns;

public sealed class SnsErrorsTests
{
    [Theory]
    [InlineData(400, "InvalidParameter", PublishAnswer.RefusedForGood)]
    [InlineData(403, "AuthorizationError", PublishAnswer.RefusedForGood)]
    [InlineData(404, "NotFound", PublishAnswer.RefusedForGood)]
    [InlineData(400, "EndpointDisabled", PublishAnswer.RefusedForGood)]
    [InlineData(400, "KMSAccessDenied", PublishAnswer.RefusedForGood)]
    [InlineData(400, "KMSThrottling", PublishAnswer.RefusedForNow)]
    [InlineData(400, "Throttling", PublishAnswer.RefusedForNow)]
    [InlineData(429, "TooManyRequestsException", PublishAnswer.RefusedForNow)]
    [InlineData(503, "ServiceUnavailable", PublishAnswer.RefusedForNow)]
    [InlineData(403, "ExpiredToken", PublishAnswer.RefusedForNow)]
    [InlineData(500, "InternalError", PublishAnswer.None)]
    [InlineData(504, "", PublishAnswer.None)]
    public void Classify_AnErrorOfSns_SaysWhetherItMayHaveArrivedAndWhetherToTryAgain(int status, string code, PublishAnswer answer) =>
        Assert.Equal(answer, SnsErrors.Classify(new AmazonSimpleNotificationServiceException("m", null, ErrorType.Unknown, code, "r", (HttpStatusCode)status)));

    [Theory]
    [InlineData("eu-west-1", false, false, "https://sns.eu-west-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "https://sns-fips.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, false, "https://sns.us-gov-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, true, "https://sns-fips.us-gov-west-1.api.aws")]
    [InlineData("cn-north-1", false, false, "https://sns.cn-north-1.amazonaws.com.cn")]
    [InlineData("eu-west-1", false, true, "https://sns.eu-west-1.api.aws")]
    public void Endpoint_OfARegion_IsThatOfTheOfficialClient(string region, bool isFips, bool isDualStack, string url)
    {
        AmazonSimpleNotificationServiceConfig config = new()
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = isFips, UseDualstackEndpoint = isDualStack,
        };
        Assert.Equal(url, config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new PublishRequest())).URL);
    }
}
