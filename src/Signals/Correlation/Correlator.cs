using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Graph;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation;

/// <summary>Explains an incident: what caused it, since when, on what evidence, and what it is not.</summary>
/// <remarks>
/// Every series is judged once against its own normal (a fact table). On an endpoint's tree the named patterns are tried in
/// order of precedence, and the first that fits puts its cause first; on a graph of callers and callees the excess that an
/// entity's own callees do not explain decides. Pure: equal requests give equal diagnoses, to the bit, in any order of the
/// series. The method, its sources and its measured limits are in docs/correlation.md.
/// </remarks>
public static class Correlator
{
    /// <summary>Diagnoses the target.</summary>
    /// <returns>Null when nothing around the target is anomalous at that time.</returns>
    public static Diagnosis? Diagnose(DiagnosisRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        SeriesIndex index = new(request.Series, request.Options);
        OnsetFinder finder = new(request.Options, new double[Math.Max(1, index.LongestCount)]);
        if (request.Target.Kind != EntityKind.Node)
        {
            return new EndpointDiagnosis(request, index, finder).Diagnose();
        }

        (TargetSymptom Symptom, IReadOnlyList<GraphNode> Nodes)? graph = NodeDiagnosis.Rank(request, index, finder);
        return graph is { } found ? NodeDiagnosis.Compose(request, found.Symptom, found.Nodes) : null;
    }
}
