using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grainwatch.DynamoDB.Tests.Support;

/// <summary>Stands between a client and DynamoDB, counts what passes, and does to the next requests of an operation what it is told.</summary>
public sealed class DynamoProxy : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly HttpClient _http = new();
    private readonly MotoServer _server;
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task>>> _before = new();
    private readonly CancellationTokenSource _end = new();

    private DynamoProxy(WebApplication host, MotoServer server) => (_host, _server) = (host, server);

    public string Url => _host.Urls.Single();

    /// <summary>When set, a query answers at most so many rows a page.</summary>
    public int? PageRows { get; set; }

    public static async Task<DynamoProxy> StartAsync(MotoServer server)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        DynamoProxy proxy = new(builder.Build(), server);
        proxy._host.Run(proxy.PassAsync);
        await proxy._host.StartAsync();
        return proxy;
    }

    /// <summary>How often an operation was asked for, faulty requests included.</summary>
    public int Count(string operation) => _counts.GetValueOrDefault(operation);

    public int CountAll => _counts.Values.Sum();

    /// <summary>The next requests of an operation fail like this, one after the other.</summary>
    public void Fail(string operation, params Fault[] faults)
    {
        foreach (Fault fault in faults)
        {
            _faults.GetOrAdd(operation, _ => new()).Enqueue(fault);
        }
    }

    /// <summary>Something happens before the next request of an operation reaches the server, once.</summary>
    public void Before(string operation, Func<Task> action) => _before.GetOrAdd(operation, _ => new()).Enqueue(action);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _host.DisposeAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        string operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        _counts.AddOrUpdate(operation, 1, (_, n) => n + 1);
        if (_before.TryGetValue(operation, out ConcurrentQueue<Func<Task>>? actions) && actions.TryDequeue(out Func<Task>? action))
        {
            await action();
        }

        Fault? fault = _faults.TryGetValue(operation, out ConcurrentQueue<Fault>? faults) && faults.TryDequeue(out Fault next) ? next : null;
        switch (fault)
        {
            case Fault.Throttled:
                await RefuseAsync(context, 400, "ProvisionedThroughputExceededException");
                return;
            case Fault.ServerError:
                await RefuseAsync(context, 500, "InternalServerError");
                return;
            case Fault.Conflict:
                await RefuseAsync(context, 400, "TransactionCanceledException", "TransactionConflict");
                return;
            case Fault.Invalid:
                await RefuseAsync(context, 400, "TransactionCanceledException", "ValidationError");
                return;
            case Fault.RequestLost:
                context.Abort();
                return;
            default:
                break;
        }

        (HttpStatusCode status, byte[] answer) = await ForwardAsync(operation, context.Request, body.ToArray());
        if (fault is Fault.InProgress)
        {
            await RefuseAsync(context, 400, "TransactionInProgressException");
        }
        else if (fault is Fault.ReplyLost)
        {
            context.Abort();
        }
        else if (fault is Fault.Hangs)
        {
            using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
            await Task.Delay(Timeout.Infinite, gone.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else
        {
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "application/x-amz-json-1.0";
            await context.Response.Body.WriteAsync(answer);
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Answer)> ForwardAsync(string operation, HttpRequest request, byte[] body)
    {
        if (PageRows is { } rows && operation == "Query")
        {
            JsonNode query = JsonNode.Parse(body)!;
            query["Limit"] = rows;
            body = System.Text.Encoding.UTF8.GetBytes(query.ToJsonString());
        }

        using HttpRequestMessage message = new(HttpMethod.Post, _server.Url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        foreach (string header in (string[])["X-Amz-Target", "Authorization", "X-Amz-Date"])
        {
            message.Headers.TryAddWithoutValidation(header, request.Headers[header].ToString());
        }

        using HttpResponseMessage response = await _http.SendAsync(message);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    private static async Task RefuseAsync(HttpContext context, int status, string type, string? reason = null)
    {
        JsonObject answer = new() { ["__type"] = $"com.amazonaws.dynamodb.v20120810#{type}", ["message"] = "made by the test" };
        if (reason is not null)
        {
            answer["CancellationReasons"] = new JsonArray(new JsonObject { ["Code"] = "None" }, new JsonObject { ["Code"] = reason });
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(answer.ToJsonString());
    }
}
