using System.Globalization;
using System.Net;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>
/// Sends rows of samples as a Prometheus does: in order, each until it is taken, to whichever gateway answers. Each endpoint is sick once.
/// </summary>
internal sealed class LabSender
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Uri[] _gateways;
    private readonly HttpClient _http;
    private readonly (TimeSpan From, TimeSpan To)[] _sick;
    private readonly DateTimeOffset _start;
    private readonly Pb[][] _labels;

    /// <param name="gateways">Where it sends to, in turn.</param>
    /// <param name="http">With what the gateways ask for.</param>
    /// <param name="sick">When each endpoint is sick, from the start on.</param>
    public LabSender(Uri[] gateways, HttpClient http, (TimeSpan From, TimeSpan To)[] sick)
    {
        (_gateways, _http, _sick) = (gateways, http, sick);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _start = now.AddTicks(-(now.Ticks % Interval.Ticks));
        _labels = [.. sick.Select((_, i) => (Pb[])[.. ((string[])["requests", "errors_5xx", "latency"]).Select(metric => RemoteWriteBody.Labels(
            new Dictionary<string, string> { ["__name__"] = metric, ["component"] = "model", ["endpoint"] = Name(i), ["job"] = "engine" }))])];
    }

    public int Sent { get; private set; }

    public int Refused { get; private set; }

    public static string Name(int endpoint) => string.Create(CultureInfo.InvariantCulture, $"endpoint-{endpoint:00}");

    /// <summary>Begins, and goes on until it is told to end.</summary>
    /// <returns>Once the first rows have been taken: what ends when it has ended.</returns>
    public async Task<Task> StartAsync(CancellationToken end)
    {
        Task running = RunAsync(end);
        await Eventually.ValueAsync<bool>(() => Task.FromResult<bool?>(Sent > 1 ? true : null));
        return running;
    }

    /// <summary>Sends until it is told to end; rows that could not be sent meanwhile are sent late, not left out.</summary>
    private async Task RunAsync(CancellationToken end)
    {
        try
        {
            for (int row = 0; !end.IsCancellationRequested; row++)
            {
                TimeSpan wait = _start + (row * Interval) - DateTimeOffset.UtcNow;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, end);
                }

                await SendAsync(Row(row), end);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // It was told to.
        }
    }

    private byte[] Row(int row)
    {
        RemoteWriteBody body = new();
        long time = (_start + (row * Interval)).ToUnixTimeMilliseconds();
        for (int i = 0; i < _sick.Length; i++)
        {
            bool isSick = row * Interval >= _sick[i].From && row * Interval < _sick[i].To;
            body.Add(_labels[i][0], (time, 40 + (row % 3)));
            body.Add(_labels[i][1], (time, isSick ? 20 : 0));
            body.Add(_labels[i][2], (time, 1 + (0.01 * (row % 5))));
        }

        return body.Compressed();
    }

    private async Task SendAsync(byte[] body, CancellationToken end)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_gateways[(Sent + attempt) % _gateways.Length], "/api/v1/write"))
                {
                    Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/x-protobuf" }, { "Content-Encoding", "snappy" } } },
                };
                using HttpResponseMessage answer = await _http.SendAsync(request, end);
                if (answer.IsSuccessStatusCode)
                {
                    Sent++;
                    return;
                }

                Assert.True(answer.StatusCode == HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500,
                    $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(end)}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !end.IsCancellationRequested)
            {
                // Nobody there, or no answer in time: the next one is asked.
            }

            Refused++;
            await Task.Delay(TimeSpan.FromMilliseconds(500), end);
        }
    }
}
