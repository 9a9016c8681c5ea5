using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>What a candidate would have done at one endpoint, and what the rules of the present do over the same windows.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="From">The first row that was judged; null: there is none.</param>
/// <param name="To">The last.</param>
/// <param name="Candidate">In the order of the candidate.</param>
/// <param name="Present">Rules of the same ids, or all.</param>
/// <param name="Incidents">Incidents of that time, as they were told.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.trial-view")]
public sealed record TrialView(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] Timestamp? From,
    [property: Id(2)] Timestamp? To,
    [property: Id(3)] TrialRuleView[] Candidate,
    [property: Id(4)] TrialRuleView[] Present,
    [property: Id(5)] TrialIncidentView[] Incidents);
