using System.Net;
using System.Net.Http.Headers;

namespace Grainwatch.Benchmarks.Load;

/// <summary>Posts bodies to the remote-write door, and counts what became of them.</summary>
internal sealed class RemoteWriter : IDisposable
{
    private const int SaidMax = 300;

    private readonly HttpClient _client;
    private readonly Uri _door;
    private long _accepted;
    private long _refused;
    private long _requests;
    private long _later;
    private long _laterWithTime;
    private long _broken;

    /// <param name="server">The address of the server.</param>
    /// <param name="connections">How many at the most.</param>
    public RemoteWriter(Uri server, int connections)
    {
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = TimeSpan.FromMinutes(1) };
        _door = new Uri(server, "/api/v1/write");
    }

    /// <summary>Samples in requests that were taken whole.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Samples in requests that were refused, in whole or in part, for good.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Requests that were answered.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Requests that were answered 429, and how many of these said after which time to try again.</summary>
    public (long All, long WithRetryAfter) Later => (Volatile.Read(ref _later), Volatile.Read(ref _laterWithTime));

    /// <summary>Requests that got no answer.</summary>
    public long Broken => Volatile.Read(ref _broken);

    /// <summary>The first answer that was neither success nor 429.</summary>
    public string? FirstRefusal { get; private set; }

    /// <summary>Posts one body and gives its array back.</summary>
    /// <returns>Null: taken. Else after which time to try again; zero: not at all.</returns>
    public async Task<TimeSpan?> SendAsync(Body body, bool keepsBody = false)
    {
        try
        {
            using ByteArrayContent content = new(body.Bytes, 0, body.Length);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.ContentEncoding.Add("snappy");
            content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
            using HttpResponseMessage answer = await _client.PostAsync(_door, content);
            Interlocked.Increment(ref _requests);
            if (answer.IsSuccessStatusCode)
            {
                Interlocked.Add(ref _accepted, body.Samples);
                return null;
            }

            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Interlocked.Increment(ref _later);
                TimeSpan? after = answer.Headers.RetryAfter?.Delta;
                Interlocked.Add(ref _laterWithTime, after is null ? 0 : 1);
                return after ?? TimeSpan.FromSeconds(1);
            }

            Interlocked.Add(ref _refused, body.Samples);
            string said = await answer.Content.ReadAsStringAsync();
            FirstRefusal ??= $"{(int)answer.StatusCode}: {said[..Math.Min(said.Length, SaidMax)]}";
            return TimeSpan.Zero;
        }
        catch (HttpRequestException)
        {
            // The connection ended before the answer was read. Whether the body was taken is not known.
            Interlocked.Increment(ref _broken);
            return TimeSpan.FromSeconds(1);
        }
        finally
        {
            if (!keepsBody)
            {
                body.Return();
            }
        }
    }

    public void Dispose() => _client.Dispose();
}
