using System.Collections.Concurrent;
using System.Diagnostics;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>Reads the state of some endpoints again and again, each through a gateway after the other, and notes for how long nobody answered.</summary>
internal sealed class LabProbe(Uri[] gateways, HttpClient http, int endpoints)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The last answer before a fault came at most so long before it.</summary>
    private static readonly long Slack = Stopwatch.Frequency / 2;

    private readonly ConcurrentQueue<(long At, bool IsAnswered, int Endpoint)> _calls = new();
    private int _total;
    private int _failed;

    public int Total => _total;

    public int Failed => _failed;

    public Task RunAsync(CancellationToken end) => Task.WhenAll(Enumerable.Range(0, endpoints).Select(i => RunAsync(i, end)));

    /// <summary>The longest time for which some endpoint was not answered for, of those that began in a stretch of time.</summary>
    public TimeSpan LongestGap(long from, long to) => _calls.ToArray().GroupBy(c => c.Endpoint).Select(g =>
    {
        long[] answered = [.. g.Where(c => c.IsAnswered).Select(c => c.At)];
        return answered.Zip(answered.Skip(1)).Where(p => p.Second >= from && p.First >= from - Slack && p.First <= to)
            .Select(p => Stopwatch.GetElapsedTime(p.First, p.Second)).DefaultIfEmpty().Max();
    }).DefaultIfEmpty().Max();

    private async Task RunAsync(int endpoint, CancellationToken end)
    {
        for (int call = endpoint; !end.IsCancellationRequested; call++)
        {
            bool isAnswered = false;
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(
                    new Uri(gateways[call % gateways.Length], $"/api/grainwatch/v1/endpoints/{LabSender.Name(endpoint)}"), end);
                isAnswered = answer.IsSuccessStatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                if (end.IsCancellationRequested)
                {
                    return;
                }
            }

            _calls.Enqueue((Stopwatch.GetTimestamp(), isAnswered, endpoint));
            Interlocked.Increment(ref _total);
            if (!isAnswered)
            {
                Interlocked.Increment(ref _failed);
            }

            try
            {
                await Task.Delay(Pause, end);
            }
            catch (TaskCanceledException)
            {
                return;
            }
        }
    }
}
