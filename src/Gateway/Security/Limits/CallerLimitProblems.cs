using System.Threading.RateLimiting;
using Grainwatch.Gateway.Problems;

namespace Grainwatch.Gateway.Security.Limits;

/// <summary>Says 429 with the time after which to try again.</summary>
internal static class CallerLimitProblems
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static Task WriteAsync(HttpContext context, RateLimitLease lease, string what)
    {
        ProblemMiddleware.SetRetryAfter(context.Response,
            lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) && after > Least ? after : Least);
        return ProblemMiddleware.WriteAsync(context, StatusCodes.Status429TooManyRequests, "rate",
            $"{Caller.IdOf(context.User)} may send {what} a second; try again", []);
    }
}
