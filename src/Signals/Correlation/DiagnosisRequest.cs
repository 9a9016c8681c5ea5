using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Correlation;

/// <summary>One question to the correlator: why is this entity in trouble at this time?</summary>
/// <param name="Topology">What exists and who calls whom.</param>
/// <param name="Series">The series of the endpoint's entities, or of a dependency graph, in canonical units, oldest point first.</param>
/// <param name="Target">Whose trouble is to be explained.</param>
/// <param name="Metric">The symptom; null: the correlator takes the target's worst series.</param>
/// <param name="At">When the trouble was noticed. Points after it are used where there are any.</param>
/// <param name="Verdicts">What the rules say now; a true one is evidence, and makes its entity worth a look.</param>
/// <param name="Top">How many causes are wanted, at least 1.</param>
/// <param name="Options">Lengths and thresholds.</param>
public sealed record DiagnosisRequest(
    TopologyMap Topology,
    IReadOnlyList<SeriesData> Series,
    EntityId Target,
    MetricName? Metric,
    Timestamp At,
    IReadOnlyList<Verdict> Verdicts,
    int Top,
    CorrelatorOptions Options)
{
    /// <summary>
    /// When the incident that is asked about was opened; null: it is new. What is normal ends a look-back before it, so that
    /// a later diagnosis does not take the incident itself for normal.
    /// </summary>
    public Timestamp? Since { get; init; }

    /// <summary>What the incident was told as; it is kept while it fits, unless something more certain came to light.</summary>
    public IncidentPattern Known { get; init; } = IncidentPattern.Unknown;
}
