using System.Threading.RateLimiting;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;

namespace Grainwatch.Gateway.Security.Limits;

/// <summary>Bounds the bytes that a caller brings to the doors, by what the request says of its length, before the body is read.</summary>
internal sealed class IngestBytesMiddleware(RequestDelegate next, CallerLimits limits)
{
    public Task InvokeAsync(HttpContext context)
    {
        int perSecond = IsDoor(context) ? limits.BytesOf(context) : 0;
        if (perSecond == 0)
        {
            return next(context);
        }

        if (context.Request.ContentLength is not { } bytes)
        {
            throw new ProblemException(StatusCodes.Status411LengthRequired, "length",
                "a caller whose bytes are bounded must send Content-Length");
        }

        using RateLimitLease lease = limits.TakeBytes(context, bytes, perSecond);
        return lease.IsAcquired ? next(context) : CallerLimitProblems.WriteAsync(context, lease, $"{perSecond} bytes");
    }

    private static bool IsDoor(HttpContext context) =>
        context.GetEndpoint() is { } route && ScopeRoutes.ScopeOf(route.Metadata) == Scope.Ingest;
}
