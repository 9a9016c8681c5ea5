using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation;

/// <summary>What the correlator makes of one incident.</summary>
/// <param name="Target">The entity whose trouble is explained.</param>
/// <param name="Metric">The symptom; null: the correlator chose the worst.</param>
/// <param name="Pattern">The named shape.</param>
/// <param name="Onset">When the target's trouble began; null: nothing at the target is anomalous.</param>
/// <param name="Causes">Best first; empty when nothing is anomalous.</param>
/// <param name="RuledOut">Sentences: what was looked at and is not it, with the reason.</param>
/// <param name="Title">One line for people, at most 100 characters, nothing that the evidence does not carry.</param>
/// <param name="Summary">A few sentences for people.</param>
/// <param name="Coverage">Share of the relevant series that had enough points to be judged, 0 to 1.</param>
/// <param name="HarmsUsers">True when answers became slower, fewer, wrong or failed, not only the machinery busier.</param>
/// <param name="TouchesSafetyOrIntegrity">True when scores of safety, privacy, injection or of the integrity family fell.</param>
/// <param name="ExhaustionAt">When a leaking resource is forecast to run out; null: no such forecast.</param>
/// <param name="ExhaustionIsNear">True when that lies within the horizon that is worth a page.</param>
public sealed record Diagnosis(
    EntityId Target,
    MetricName? Metric,
    IncidentPattern Pattern,
    OnsetInterval? Onset,
    IReadOnlyList<RankedCause> Causes,
    IReadOnlyList<string> RuledOut,
    string Title,
    string Summary,
    double Coverage,
    bool HarmsUsers = false,
    bool TouchesSafetyOrIntegrity = false,
    Timestamp? ExhaustionAt = null,
    bool ExhaustionIsNear = false);
