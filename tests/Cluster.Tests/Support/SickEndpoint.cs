using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>An endpoint with one component whose requests all fail from a bucket on, on the clock of a recording.</summary>
internal sealed class SickEndpoint(string name, IGrainFactory grains)
{
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");

    private int _bucket;

    public EntityId Id { get; } = EntityId.ForEndpoint(name);

    public EntityId Component { get; } = EntityId.ForComponent(name, "model");

    public EntityId Gpu { get; } = EntityId.ForGpu(name, "i-1", "0");

    public IEndpointGrain Grain => grains.GetGrain<IEndpointGrain>(Id.Key);

    public ICorrelationGrain Correlation => grains.GetGrain<ICorrelationGrain>(Id.Key);

    public Task DeclareAsync() => Grain.Declare(
        $$"""{"endpoints":[{"name":"{{name}}","instances":[{"id":"i-1","gpus":1}],"components":[{"name":"model","copies":[{"id":"0","instance":"i-1","gpus":[0]}]}]}]}""",
        ClockDomain.Recorded,
        CancellationToken.None);

    /// <summary>Writes and judges buckets.</summary>
    /// <param name="buckets">How many.</param>
    /// <param name="failing">Share of the requests that fail.</param>
    public async Task FeedAsync(int buckets, double failing)
    {
        for (int i = 0; i < buckets; i++, _bucket++)
        {
            Timestamp time = Start + TimeSpan.FromSeconds(10 * _bucket);
            WriteReceipt receipt = await Grain.Write(
            [
                Series(Component, "requests", time, 40 + (_bucket % 3)),
                Series(Component, "errors_5xx", time, failing * 40),
                Series(Component, "latency", time, 1 + (0.01 * (_bucket % 5))),
                Series(Gpu, "gpu_utilization", time, failing > 0 ? 0 : 0.7),
            ], CancellationToken.None);
            Assert.Equal(0, receipt.Rejected);
            await Grain.Advance(time + TimeSpan.FromSeconds(10), CancellationToken.None);
        }
    }

    private static SeriesWrite Series(EntityId entity, string metric, Timestamp time, double value) =>
        new(new SeriesKey(entity, MetricName.Of(metric)), false, [time.UnixMs], [value]);
}
