namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>What one rule did in a trial.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Version">Hash of what it says.</param>
/// <param name="Severity">page, warn or info.</param>
/// <param name="Targets">Entities that it selects.</param>
/// <param name="Fired">How often it fired.</param>
/// <param name="NearMisses">How often its condition held for too short a time.</param>
/// <param name="LongestHoldSeconds">The longest hold seen.</param>
/// <param name="Episodes">At most 100, in order of firing.</param>
/// <param name="NotJudged">AsksForQuality, TooMuchWork or TooLate; null: it was judged to the end.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.trial-rule-view")]
public sealed record TrialRuleView(
    [property: Id(0)] string Rule,
    [property: Id(1)] string Version,
    [property: Id(2)] string Severity,
    [property: Id(3)] int Targets,
    [property: Id(4)] int Fired,
    [property: Id(5)] long NearMisses,
    [property: Id(6)] double LongestHoldSeconds,
    [property: Id(7)] TrialEpisodeView[] Episodes,
    [property: Id(8)] string? NotJudged);
