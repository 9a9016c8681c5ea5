using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Evaluation;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;
using Grainwatch.Silo.Story;

namespace Grainwatch.Silo.Playback;

/// <summary>
/// Plays a recording into the grains, bucket by bucket on a scaled clock: answers to the evaluators, scores and points to
/// the endpoints, then the word that the bucket is over.
/// </summary>
public sealed class RecordingPlayer(Recording recording, PlaybackOptions options, IGrainFactory grains, TimeProvider time, TerminalStory story) : BackgroundService
{
    private static readonly TimeSpan Interval = MonitorOptions.Default.Windows.Interval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (recording is not { From: { } first, To: { } last })
        {
            story.Say(null, "the recording is empty");
            return;
        }

        string topology = TopologyWriter.Write(recording.Topology);
        IReadOnlyList<EndpointPart> parts = EndpointPart.Of(recording);
        foreach (EndpointPart part in parts)
        {
            await Endpoint(part.Id).Declare(topology, ClockDomain.Recorded, stoppingToken);
        }

        Timestamp from = first.Floor(Interval);
        story.Say(from, $"playing {parts.Count} endpoints, {recording.Metrics.Series.Count} series, {recording.Samples.Count} answers at {options.Speed:0.##} times their speed");
        PlaybackClock clock = new(time, from, options.Speed);
        for (Timestamp bucket = from; bucket <= last; bucket += Interval)
        {
            Timestamp end = bucket + Interval;
            await clock.WaitForAsync(end, stoppingToken);
            await Task.WhenAll(parts.Select(part => PlayAsync(part, end, stoppingToken)));
        }

        story.Say(last, "the recording is over; its last state stays");
    }

    private async Task PlayAsync(EndpointPart part, Timestamp end, CancellationToken cancellationToken)
    {
        List<ResponseSample> samples = part.TakeSamples(end);
        await Task.WhenAll(samples
            .GroupBy(s => EvaluatorKey.For(s.Entity, s.Id))
            .Select(g => grains.GetGrain<IEvaluatorGrain>(g.Key).Evaluate([.. g], cancellationToken)));
        IEndpointGrain endpoint = Endpoint(part.Id);
        List<QualityScore> scores = part.TakeScores(end);
        if (scores.Count > 0)
        {
            await endpoint.Score([.. scores], cancellationToken);
        }

        SeriesWrite[] batch = part.TakePoints(end);
        if (batch.Length > 0)
        {
            await endpoint.Write(batch, cancellationToken);
        }

        await endpoint.Advance(end, cancellationToken);
    }

    private IEndpointGrain Endpoint(EntityId id) => grains.GetGrain<IEndpointGrain>(id.Key);
}
