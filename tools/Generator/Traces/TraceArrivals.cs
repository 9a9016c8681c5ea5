namespace Grainwatch.Generator.Traces;

/// <summary>
/// Thins the trace to the traffic of one component: each of its requests is taken with the same probability, so that
/// bursts stay bursts. Where more is asked for than the trace holds, it is laid over itself at other offsets.
/// </summary>
public sealed class TraceArrivals
{
    private readonly Dice _dice;
    private readonly double[] _offsets;
    private readonly int[] _next;
    private readonly double[] _lap;

    /// <param name="seed">Which requests are taken.</param>
    /// <param name="purpose">Whose arrivals these are.</param>
    /// <param name="layers">How often the trace is laid over itself: 1 gives at most 5.5 requests a second.</param>
    public TraceArrivals(ulong seed, string purpose, int layers)
    {
        _dice = Dice.For(seed, "arrivals " + purpose);
        _offsets = [.. Enumerable.Range(0, layers).Select(_ => _dice.Of(AzureTrace.Requests).Seconds)];
        _next = [.. _offsets.Select(o => IndexAt(o))];
        _lap = new double[layers];
    }

    /// <summary>Mean requests a second of one layer that is taken whole.</summary>
    public static double LayerRate => AzureTrace.Requests.Count / AzureTrace.LengthSeconds;

    /// <summary>The requests that arrive before a time, each taken with the probability <paramref name="share"/>.</summary>
    public IEnumerable<TraceRequest> Until(double seconds, double share)
    {
        for (int layer = 0; layer < _offsets.Length; layer++)
        {
            while (true)
            {
                TraceRequest request = AzureTrace.Requests[_next[layer]];
                double at = request.Seconds - _offsets[layer] + _lap[layer];
                if (at >= seconds)
                {
                    break;
                }

                if (++_next[layer] == AzureTrace.Requests.Count)
                {
                    _next[layer] = 0;
                    _lap[layer] += AzureTrace.LengthSeconds;
                }

                if (_dice.Chance(share))
                {
                    yield return request with { Seconds = at };
                }
            }
        }
    }

    private static int IndexAt(double seconds)
    {
        for (int i = 0; i < AzureTrace.Requests.Count; i++)
        {
            if (AzureTrace.Requests[i].Seconds >= seconds)
            {
                return i;
            }
        }

        return 0;
    }
}
