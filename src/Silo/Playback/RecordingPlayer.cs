using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Evaluation;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Grainwatch.Silo.Story;

namespace Grainwatch.Silo.Playback;

/// <summary>
/// Plays a recording into the grains, bucket by bucket on a scaled clock: answers to the evaluators, scores and points to
/// the endpoints, then the word that the bucket is over. A run that goes on after a restart first plays the last hour
/// into the windows again, and nobody is told of it.
/// </summary>
public sealed class RecordingPlayer(Recording recording, PlaybackOptions options, IGrainFactory grains, TimeProvider time, TerminalStory story) : BackgroundService
{
    private static readonly TimeSpan Interval = MonitorOptions.Default.Windows.Interval;
    private static readonly TimeSpan Reach = Interval * WindowBlock.RetainedRows;

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
        PlaybackRun run = await BeginAsync(options.IsFresh);
        if (run.Position.IsOver && options.IsRepeated)
        {
            run = await BeginAsync(isFresh: true);
        }

        if (run.Position.IsOver)
        {
            story.Say(run.Position.Time, $"the recording was played to its end by run {run.Position.RunId}; --fresh plays it anew");
        }
        else
        {
            await PlayAsync(parts, run, last, stoppingToken);
        }

        Task<PlaybackRun> BeginAsync(bool isFresh) =>
            PlaybackRun.BeginAsync(grains, recording.Hash, from, [.. parts.Select(p => p.Id)], isFresh, time, stoppingToken);
    }

    private async Task PlayAsync(IReadOnlyList<EndpointPart> parts, PlaybackRun run, Timestamp last, CancellationToken stoppingToken)
    {
        Timestamp begin = run.Position.Time;
        string what = run.IsContinued ? "going on with" : "playing";
        string whole = $"{parts.Count} endpoints, {recording.Metrics.Series.Count} series, {recording.Samples.Count} answers";
        story.Say(begin, $"{what} {whole} at {options.Speed:0.##} times their speed (run {run.Position.RunId})");
        Timestamp windows = Timestamp.Max(recording.From!.Value.Floor(Interval), begin - Reach);
        foreach (EndpointPart part in parts)
        {
            part.Skip(windows);
        }

        for (Timestamp bucket = windows; bucket < begin; bucket += Interval)
        {
            await Task.WhenAll(parts.Select(part => PlayAsync(part, bucket + Interval, run, stoppingToken)));
        }

        PlaybackClock clock = new(time, begin, options.Speed);
        for (Timestamp bucket = begin; bucket <= last; bucket += Interval)
        {
            Timestamp end = bucket + Interval;
            await clock.WaitForAsync(end, stoppingToken);
            await Task.WhenAll(parts.Select(part => PlayAsync(part, end, run, stoppingToken)));
            await run.PlayedAsync(end, isOver: end > last, stoppingToken);
        }

        story.Say(last, "the recording is over; its last state stays");
    }

    private async Task PlayAsync(EndpointPart part, Timestamp end, PlaybackRun run, CancellationToken cancellationToken)
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

        await (end <= run.ToldUntil[part.Id] ? endpoint.Rehydrate(end, cancellationToken) : endpoint.Advance(end, cancellationToken));
    }

    private IEndpointGrain Endpoint(EntityId id) => grains.GetGrain<IEndpointGrain>(id.Key);
}
