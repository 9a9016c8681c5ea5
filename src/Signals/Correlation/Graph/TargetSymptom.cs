namespace Grainwatch.Signals.Correlation.Graph;

/// <summary>The incident as the target shows it: its buckets and what each weighs.</summary>
/// <param name="Symptom">The target's own symptom.</param>
/// <param name="TimesUnixMs">Starts of the incident's buckets.</param>
/// <param name="Excess">The target's excess in each, at least 0.</param>
/// <param name="Total">Their sum.</param>
/// <param name="PeakZ">The largest deviation among them.</param>
/// <param name="Onset">When it began.</param>
internal sealed record TargetSymptom(NodeSymptom Symptom, long[] TimesUnixMs, double[] Excess, double Total, double PeakZ, OnsetInterval Onset);
