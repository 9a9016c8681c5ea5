using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.Benchmarks.Load;

/// <summary>A webhook on loopback. It stamps a page when its request has come, before it is read.</summary>
internal sealed class PageInbox : IDisposable
{
    private readonly HttpListener _listener = new();

    public PageInbox()
    {
        Url = $"http://127.0.0.1:{Loopback.FreePort()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Takes kind of notification, name of the endpoint, and stamp of each page.</summary>
    public Action<string, string, long>? Arrived { get; set; }

    public void Dispose() => _listener.Close();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = ReadAsync(context, Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ReadAsync(HttpListenerContext context, long stamp)
    {
        using JsonDocument page = await JsonDocument.ParseAsync(context.Request.InputStream);
        context.Response.Close();
        JsonElement own = page.RootElement.GetProperty("Grainwatch");
        Arrived?.Invoke(own.GetProperty("kind").GetString()!, own.GetProperty("endpoint").GetString()!, stamp);
    }
}
