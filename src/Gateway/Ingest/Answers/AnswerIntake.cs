using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Evaluation;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Gateway.Ingest.Answers;

/// <summary>Brings answers to their evaluators and scores to their endpoints, as the player of a recording does.</summary>
public sealed class AnswerIntake(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Calls that are under way at the same time, for one request.</summary>
    private const int Parallelism = 16;

    private static readonly TimeSpan MaxAhead = MonitorOptions.Default.Windows.MaxAhead;

    /// <summary>Takes answers and scores in; those of a clock that runs ahead are refused.</summary>
    public async Task<IntakeResult> TakeAsync(
        IEnumerable<(int Index, ResponseSample Sample)> samples, IEnumerable<(int Index, QualityScore Score)> scores, IntakeBatch batch,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Timestamp latest = Timestamp.FromDateTimeOffset(time.GetUtcNow()) + MaxAhead;
        List<ResponseSample> answers = [.. samples.Where(s => IsInTime(s.Index, s.Sample.Time, latest, batch)).Select(s => s.Sample)];
        List<QualityScore> judged = [.. scores.Where(s => IsInTime(s.Index, s.Score.Time, latest, batch)).Select(s => s.Score)];
        using SemaphoreSlim gate = new(Parallelism);
        IEnumerable<Task> evaluated = answers.GroupBy(s => EvaluatorKey.For(s.Entity, s.Id))
            .Select(g => InTurnAsync(gate, () => grains.GetGrain<IEvaluatorGrain>(g.Key).Evaluate([.. g], cancellationToken),
                cancellationToken));
        IEnumerable<Task> scored = judged.GroupBy(s => EntityId.ForEndpoint(s.Entity.Endpoint))
            .Select(g => InTurnAsync(gate, () => grains.GetGrain<IEndpointGrain>(g.Key.Key).Score([.. g], cancellationToken),
                cancellationToken));
        await Task.WhenAll([.. evaluated, .. scored]);
        return new IntakeResult(answers.Count + judged.Count + batch.Ignored, batch.Rejected, batch.Errors);
    }

    private static async Task InTurnAsync(SemaphoreSlim gate, Func<Task> call, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await call();
        }
        finally
        {
            gate.Release();
        }
    }

    private static bool IsInTime(int index, Timestamp time, Timestamp latest, IntakeBatch batch)
    {
        if (time <= latest)
        {
            return true;
        }

        batch.Reject(index, null, "TooFarAhead", "the time lies in the future");
        return false;
    }
}
