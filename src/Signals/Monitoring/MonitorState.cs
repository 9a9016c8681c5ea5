using Grainwatch.Signals.Quality.Statistics;

namespace Grainwatch.Signals.Monitoring;

/// <summary>What an <see cref="EndpointMonitor"/> hands over to the next one.</summary>
/// <param name="Block">Its windows, as <see cref="Windows.WindowBlock.Save"/> writes them.</param>
/// <param name="Topology">A topology document with this endpoint alone.</param>
/// <param name="First">The first point, from which warming is counted; null: there was none.</param>
/// <param name="AsOf">How far it has judged; null: nothing.</param>
/// <param name="Quality">Its detectors.</param>
/// <param name="Buckets">Means of scores that may still change.</param>
public sealed record MonitorState(
    byte[] Block, string Topology, Timestamp? First, Timestamp? AsOf, QualityMonitorState Quality, QualityBucketEntry[] Buckets);
