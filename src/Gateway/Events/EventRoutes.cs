using System.Globalization;
using System.Text;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Story;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Events;

/// <summary>
/// <c>GET …/events</c>: the story as server-sent events. An id is <c>epoch:sequence</c>; <c>Last-Event-ID</c> goes on behind it, and where
/// that is no longer kept (or of a story that began anew) a <c>reset</c> event says that the lists must be read anew.
/// </summary>
public static class EventRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", StreamAsync).Needs(Scope.Read)
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
        await FollowingAsync(feed, options, time, cancellationToken);
        (long Epoch, long Sequence) at = feed.Newest;
        string last = context.Request.Headers["Last-Event-ID"].ToString();
        if (last.Length > 0)
        {
            // What is no id is as unknown as one that is too old, or of a story that began anew.
            at = TryParse(last, out (long, long) place) ? place : (0, -1);
            await CatchUpAsync(feed, at, time, cancellationToken);
        }

        await WriteAsync(context, ": grainwatch\nretry: 2000\n\n", cancellationToken);
        while (true)
        {
            Task news = feed.After(at, out IReadOnlyList<StoryLine>? lines);
            if (lines is null)
            {
                at = feed.Newest;
                await WriteAsync(context, $"event: reset\nid: {at.Epoch}:{at.Sequence}\ndata: {{\"v\":1,\"type\":\"reset\"}}\n\n",
                    cancellationToken);
                continue;
            }

            if (lines.Count > 0)
            {
                StringBuilder text = new();
                foreach (StoryLine line in lines)
                {
                    text.Append(CultureInfo.InvariantCulture,
                        $"event: {line.Type}\nid: {at.Epoch}:{line.Sequence}\ndata: {line.Data}\n\n");
                }

                at.Sequence = lines[^1].Sequence;
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

    /// <summary>
    /// A gateway that has just started knows no place in the story yet. Where the cluster is not to be reached, one watches all the same.
    /// </summary>
    private static async Task FollowingAsync(StoryFeed feed, EventOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await feed.Following.WaitAsync(options.Heartbeat, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The stream begins with a reset as soon as there is a story.
        }
    }

    /// <summary>Whoever comes from another gateway may have seen there what this one is about to hear.</summary>
    private static async Task CatchUpAsync(
        StoryFeed feed, (long Epoch, long Sequence) place, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            for (Task news = feed.After(place, out _); place.CompareTo(feed.Newest) > 0; news = feed.After(place, out _))
            {
                await news.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // There is no such place.
        }
    }

    private static bool TryParse(string id, out (long Epoch, long Sequence) place)
    {
        place = default;
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && long.TryParse(id.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out place.Epoch)
            && long.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out place.Sequence);
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
