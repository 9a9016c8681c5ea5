using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Graph;

namespace Grainwatch.Signals.Correlation;

/// <summary>Explains an incident: who caused it, since when, how sure, and what it is not.</summary>
public static class Correlator
{
    /// <summary>Diagnoses the target.</summary>
    /// <returns>Null when nothing around the target is anomalous at that time.</returns>
    public static Diagnosis? Diagnose(DiagnosisRequest request)
    {
        SeriesIndex index = new(request.Series, request.Options);
        OnsetFinder finder = new(request.Options, new double[index.LongestCount]);
        SeriesView? symptom = request.Metric is null ? null : index.LikeSymptom(request.Target, request.Metric);
        if (symptom is null)
        {
            return null;
        }

        TargetSymptom? target = SymptomFinder.Find(symptom, index.RequestsOf(request.Target), request.At, finder, request.Options);
        if (target is null)
        {
            return null;
        }

        IReadOnlyList<GraphNode> nodes = new CallGraphRanker(request.Topology, index, target, finder, request.Options).Rank();
        List<RankedCause> causes = [];
        foreach (GraphNode node in nodes.Where(n => n.Score > 0).Take(request.Top))
        {
            OnsetInterval onset = node.Onset ?? target.Onset;
            causes.Add(new RankedCause(causes.Count + 1, node.Entity, target.Symptom.Metric, node.Score, null, 0, 0, onset,
                [$"z {node.Z:0.0} excess {node.Excess:0.0} own {node.Own:0.0} residual {node.ResidualZ:0.0} of {target.Total:0.0}"], []));
        }

        return new Diagnosis(request.Target, request.Metric, IncidentPattern.Unknown, target.Onset, causes, [], "", "", 1);
    }
}
