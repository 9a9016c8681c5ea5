using Grainwatch.Signals;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>
/// Gauges and a running total for each component of some endpoints, and a plain list of what was acknowledged: what every window
/// has to hold, no matter where it went meanwhile.
/// </summary>
internal sealed class PointModel(int endpoints, Timestamp start, int seed, bool hasTotals)
{
    private static readonly string[] Gauges = ["vllm:kv_cache_usage_perc", "vllm:num_requests_waiting", "latency"];
    private static readonly Dictionary<string, string> Canonical = new(StringComparer.Ordinal)
    {
        ["vllm:kv_cache_usage_perc"] = "kv_cache_usage", ["vllm:num_requests_waiting"] = "queue_depth", ["latency"] = "latency",
        ["vllm:generation_tokens_total"] = "generation_tokens",
    };

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, double> _totals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<long, float>> _points = new(StringComparer.Ordinal);
    private int _row;

    /// <summary>How many points were acknowledged.</summary>
    public int Count => _points.Values.Sum(p => p.Count);

    public static string Name(int endpoint) => $"moving-{endpoint}";

    /// <summary>The next row of everything, in any order, some of it twice; counts as acknowledged, so it must be sent until it is.</summary>
    public RemoteWriteBody Next()
    {
        Timestamp time = start + TimeSpan.FromSeconds(10 * _row++);
        List<(string Metric, int Endpoint, string Component, double Value)> samples = [];
        for (int endpoint = 0; endpoint < endpoints; endpoint++)
        {
            foreach (string component in (string[])["large", "small"])
            {
                samples.AddRange(Gauges.Select(gauge => (gauge, endpoint, component, (double)_random.Next(100))));
                if (hasTotals)
                {
                    samples.Add(("vllm:generation_tokens_total", endpoint, component, Total($"{endpoint}/{component}", time)));
                }
            }
        }

        foreach ((string metric, int endpoint, string component, double value) in samples.Where(s => s.Metric != "vllm:generation_tokens_total"))
        {
            Acknowledge(endpoint, component, metric, time, value);
        }

        samples.AddRange(samples.Where(_ => _random.Next(10) == 0).ToArray());
        (string Metric, int Endpoint, string Component, double Value)[] shuffled = [.. samples];
        _random.Shuffle(shuffled);
        RemoteWriteBody body = new();
        foreach ((string metric, int endpoint, string component, double value) in shuffled)
        {
            body.Add(
                new Dictionary<string, string> { ["__name__"] = metric, ["component"] = component, ["endpoint"] = Name(endpoint), ["job"] = "engine" },
                (time.UnixMs, value));
        }

        return body;
    }

    /// <summary>Every acknowledged point, one line a series.</summary>
    public string[] Lines() => [.. _points.Select(s => Line(s.Key, s.Value.Select(p => (p.Key, p.Value))))];

    public static string Line(string series, IEnumerable<(long TimeUnixMs, float Value)> points) =>
        $"{series}: {string.Join(' ', points.Select(p => $"{p.TimeUnixMs / 1000}={p.Value:R}"))}";

    private double Total(string key, Timestamp time)
    {
        double increase = _random.Next(1, 1000);
        bool isFirst = !_totals.ContainsKey(key);
        _totals[key] = _totals.GetValueOrDefault(key) + increase;
        string[] parts = key.Split('/');
        if (!isFirst)
        {
            // Nobody knows since when the first total grew.
            Acknowledge(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], "vllm:generation_tokens_total", time, increase);
        }

        return _totals[key];
    }

    private void Acknowledge(int endpoint, string component, string metric, Timestamp time, double value)
    {
        string series = $"{Name(endpoint)}/{component}:{Canonical[metric]}";
        if (!_points.TryGetValue(series, out SortedDictionary<long, float>? points))
        {
            _points[series] = points = [];
        }

        points[time.UnixMs] = (float)value;
    }
}
