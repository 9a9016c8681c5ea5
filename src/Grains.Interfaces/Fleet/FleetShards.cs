namespace Grainwatch.Grains.Interfaces.Fleet;

/// <summary>How endpoints are spread over shards.</summary>
public static class FleetShards
{
    public const int Count = 64;

    /// <summary>Endpoints that one shard holds at the most.</summary>
    public const int MaxEndpointsPerShard = 4096;

    /// <summary>The shard of an endpoint, 0 to <see cref="Count"/> - 1; stable across processes and versions.</summary>
    public static int Of(string endpointKey)
    {
        uint hash = 2166136261;
        foreach (char c in endpointKey)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash % Count);
    }
}
