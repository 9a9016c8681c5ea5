using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Evaluation;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Evaluation;

/// <summary>Runs the deterministic checks on every answer, once per request id, and hands the scores to the endpoint.</summary>
public sealed class EvaluatorGrain(IGrainFactory grains, GrainInstruments instruments) : Grain, IEvaluatorGrain
{
    /// <summary>Request ids that are remembered: a repeat within the last this many is not scored again.</summary>
    public const int RememberedIds = 10_000;

    private readonly Evaluator _evaluator = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public async Task<int> Evaluate(ResponseSample[] samples, CancellationToken cancellationToken)
    {
        List<ResponseSample> fresh = [.. samples.Where(s => Remember(Name(s)))];
        foreach (IGrouping<EntityId, ResponseSample> endpoint in fresh.GroupBy(s => EntityId.ForEndpoint(s.Entity.Endpoint)))
        {
            QualityScore[] scores = [.. endpoint.SelectMany(s => _evaluator.Evaluate(s).ToScores())];
            try
            {
                await grains.GetGrain<IEndpointGrain>(endpoint.Key.Key).Score(scores, cancellationToken);
            }
            catch
            {
                // Whoever repeats the call must not be told that these were scored before.
                _seen.ExceptWith(endpoint.Select(Name));
                throw;
            }

            instruments.Evaluated(endpoint.Count());
            foreach (IGrouping<string, QualityScore> dimension in scores.GroupBy(s => s.Dimension))
            {
                instruments.Scored(dimension.Key, dimension.Count());
            }
        }

        return fresh.Count;
    }

    private static string Name(ResponseSample sample) => $"{sample.Entity.Key}\n{sample.Id}";

    private bool Remember(string id)
    {
        if (!_seen.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > RememberedIds)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }
}
