using Grainwatch.Signals;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>
/// Endpoints whose requests fail for a while, one after the other, so that their incidents overlap. All series of all of
/// them come in one body a row, scattered over the endpoints.
/// </summary>
/// <param name="endpoints">How many.</param>
/// <param name="isHealthy">True: nothing ever fails.</param>
internal sealed class SickFleet(int endpoints, bool isHealthy = false)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly string[] Components = ["large", "small"];
    private readonly Dictionary<string, double> _tokens = new(StringComparer.Ordinal);

    public IReadOnlyList<EntityId> Ids { get; } = [.. Enumerable.Range(0, endpoints).Select(i => EntityId.ForEndpoint(Name(i)))];

    /// <summary>True while the large component of an endpoint fails: for ten minutes each, beginning two minutes apart.</summary>
    public static bool IsSick(int endpoint, int row) => row >= 60 + (12 * endpoint) && row < 120 + (12 * endpoint);

    public static string Name(int endpoint) => $"endpoint-{endpoint}";

    /// <param name="row">The how manieth row: what is sent follows from it alone.</param>
    /// <param name="time">Of the row.</param>
    /// <param name="only">Which endpoints speak; null: all.</param>
    public RemoteWriteBody Row(int row, Timestamp time, Func<int, bool>? only = null)
    {
        RemoteWriteBody body = new();
        foreach (string metric in (string[])["requests", "errors_5xx", "latency", "vllm:kv_cache_usage_perc", "vllm:generation_tokens_total"])
        {
            foreach (string component in Components)
            {
                for (int i = 0; i < endpoints; i++)
                {
                    if (only?.Invoke(i) != false)
                    {
                        body.Add(
                            new Dictionary<string, string> { ["__name__"] = metric, ["component"] = component, ["endpoint"] = Name(i), ["job"] = "engine" },
                            (time.UnixMs, Value(metric, component, i, row)));
                    }
                }
            }
        }

        return body;
    }

    private double Value(string metric, string component, int endpoint, int row)
    {
        bool fails = !isHealthy && component == "large" && IsSick(endpoint, row);
        string key = $"{endpoint}{component}";
        return metric switch
        {
            "requests" => 40 + ((row + endpoint) % 3),
            "errors_5xx" => fails ? 20 : 0,
            "latency" => 1 + (0.01 * (row % 5)) + (fails ? 2 : 0),
            "vllm:kv_cache_usage_perc" => fails ? 0.99 : 0.4,
            _ => _tokens[key] = _tokens.GetValueOrDefault(key) + (fails ? 100 : 1000),
        };
    }
}
