using System.Net;
using System.Text.Json;
using System.Threading.Channels;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>A receiver on loopback that keeps what was posted to it.</summary>
internal sealed class WebhookInbox : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<JsonElement> _posts = Channel.CreateUnbounded<JsonElement>();

    private readonly Func<Task> _beforeAnswer;

    /// <param name="beforeAnswer">Runs when a post has been read, before it is answered.</param>
    /// <param name="address">Where it listens.</param>
    public WebhookInbox(Func<Task>? beforeAnswer = null, string address = "127.0.0.1")
    {
        _beforeAnswer = beforeAnswer ?? (() => Task.CompletedTask);
        int port = Loopback.FreePort();
        Url = $"http://{address}:{port}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url { get; }

    public List<JsonElement> Received { get; } = [];

    /// <summary>The next post, in order.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(90));
        return await _posts.Reader.ReadAsync(deadline.Token);
    }

    public void Dispose() => _listener.Close();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using JsonDocument body = await JsonDocument.ParseAsync(context.Request.InputStream);
                JsonElement post = body.RootElement.Clone();
                Received.Add(post);
                await _beforeAnswer();
                Answer(context);
                _posts.Writer.TryWrite(post);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            _posts.Writer.TryComplete();
        }
    }

    private static void Answer(HttpListenerContext context)
    {
        try
        {
            context.Response.StatusCode = 200;
            context.Response.Close();
        }
        catch (HttpListenerException)
        {
            // The sender is gone: it was killed while it waited.
        }
    }
}
