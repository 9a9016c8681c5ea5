using System.Globalization;
using System.Text;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Events;

/// <summary>
/// <c>GET …/events</c>: the story as server-sent events. An id is <c>epoch:sequence</c>; <c>Last-Event-ID</c> goes on behind it, and where
/// that is no longer kept (or of another process) a <c>reset</c> event says that the lists must be read anew.
/// </summary>
public static class EventRoutes
{
    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", StreamAsync)
        .WithSummary("Streams transitions, incidents and notifications as server-sent events; Last-Event-ID resumes within ten minutes.")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblems(StatusCodes.Status429TooManyRequests);

    private static async Task StreamAsync(
        HttpContext context, StoryFeed feed, EventViewers viewers, IOptions<EventOptions> options, TimeProvider time, IHostApplicationLifetime life)
    {
        using IDisposable seat = viewers.Enter();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await FollowAsync(context, feed, options.Value, time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Whoever watched has gone, or the process ends: a stream has no other end.
        }
    }

    private static async Task FollowAsync(HttpContext context, StoryFeed feed, EventOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        long at = feed.Newest;
        string last = context.Request.Headers["Last-Event-ID"].ToString();
        if (last.Length > 0)
        {
            // An id of another process is as unknown as one that is too old.
            at = TryParse(last, feed.Epoch, out long sequence) ? sequence : -1;
        }

        await WriteAsync(context, ": grainwatch\nretry: 2000\n\n", cancellationToken);
        while (true)
        {
            Task news = feed.After(at, out IReadOnlyList<StoryLine>? lines);
            if (lines is null)
            {
                at = feed.Newest;
                await WriteAsync(context, $"event: reset\nid: {feed.Epoch}:{at}\ndata: {{\"v\":1,\"type\":\"reset\"}}\n\n",
                    cancellationToken);
                continue;
            }

            if (lines.Count > 0)
            {
                StringBuilder text = new();
                foreach (StoryLine line in lines)
                {
                    text.Append(CultureInfo.InvariantCulture,
                        $"event: {line.Type}\nid: {feed.Epoch}:{line.Sequence}\ndata: {line.Data}\n\n");
                }

                at = lines[^1].Sequence;
                await WriteAsync(context, text.ToString(), cancellationToken);
                continue;
            }

            try
            {
                await news.WaitAsync(options.Heartbeat, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await WriteAsync(context, ": heartbeat\n\n", cancellationToken);
            }
        }
    }

    private static bool TryParse(string id, long epoch, out long sequence)
    {
        sequence = 0;
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && long.TryParse(id.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out long of) && of == epoch
            && long.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
