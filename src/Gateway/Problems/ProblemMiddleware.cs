using System.Text.Json;
using Grainwatch.Gateway.Json;

namespace Grainwatch.Gateway.Problems;

/// <summary>Turns what goes wrong into RFC 9457 problem documents; nothing internal leaves the process.</summary>
public sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    /// <summary>A silo that was lost is replaced within seconds.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await NextAsync(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null } && context.Response.ContentType is null)
            {
                await WriteAsync(context, context.Response.StatusCode, "http",
                    $"{context.Request.Method} {context.Request.Path} is not answered here", []);
            }
        }
        catch (ProblemException problem) when (!context.Response.HasStarted)
        {
            SetRetryAfter(context.Response, problem.RetryAfter);
            await WriteAsync(context, problem.Status, problem.Code, problem.Message, []);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, bad.StatusCode, "request", bad.Message, []);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(logger, context.Request.Method, context.Request.Path, e);
            SetRetryAfter(context.Response, Recovery);
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "unavailable", "the cluster did not answer; try again", []);
        }
    }

    /// <summary>
    /// A read that met a silo which was just lost is read once more: by then it is known who has taken its place. A write is the caller's to
    /// repeat, who knows whether that does harm.
    /// </summary>
    private async Task NextAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException && HttpMethods.IsGet(context.Request.Method)
            && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogReadAgain(logger, context.Request.Path, e);
            context.Response.Clear();
            await next(context);
        }
    }

    /// <summary>Whole seconds, rounded up.</summary>
    internal static void SetRetryAfter(HttpResponse response, TimeSpan? after)
    {
        if (after is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }
    }

    /// <summary>Writes one problem document with at most 100 single errors.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string code, string detail,
        IReadOnlyList<PartialError> errors, int? accepted = null, int? rejected = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        Problem problem = new($"urn:grainwatch:problem:{code}", code, status, detail,
            errors.Count == 0 ? null : [.. errors.Take(100)], accepted, rejected);
        await JsonSerializer.SerializeAsync(context.Response.Body, problem, GatewayJson.Options, context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(EventId = 2, EventName = "ReadAgain", Level = LogLevel.Warning, Message = "{Path} is read again")]
    private static partial void LogReadAgain(ILogger logger, string path, Exception exception);

    private sealed record Problem(string Type, string Title, int Status, string Detail, IReadOnlyList<PartialError>? Errors,
        int? Accepted, int? Rejected);
}
