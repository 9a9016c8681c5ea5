using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Evaluation;

/// <summary>Which evaluator scores an answer.</summary>
public static class EvaluatorKey
{
    /// <summary>Evaluators per component.</summary>
    public const int Buckets = 4;

    /// <summary>The key of the evaluator for a request id: the same id always meets the same evaluator.</summary>
    public static string For(EntityId entity, string requestId)
    {
        // FNV-1a: stable across processes and versions, unlike string.GetHashCode.
        uint hash = 2166136261;
        foreach (char c in requestId)
        {
            hash = (hash ^ c) * 16777619;
        }

        return $"{entity.Key}#{hash % Buckets}";
    }
}
