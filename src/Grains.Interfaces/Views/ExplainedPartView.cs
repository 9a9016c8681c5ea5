using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One part of a condition, and what it said.</summary>
/// <param name="Kind">and, or, not, compare, any, all, quality, drift, absent, changed, slo, metric, number, arithmetic, …</param>
/// <param name="Expression">As a rule file writes it.</param>
/// <param name="Truth">Of a condition; of a number True says that it is known.</param>
/// <param name="Text">In words and numbers.</param>
/// <param name="Entity">Where it is another than the rule's.</param>
/// <param name="Value">In the canonical unit; null: none.</param>
/// <param name="Threshold">What it is compared with.</param>
/// <param name="Lower">Lower end of an estimate.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="N">Answers, or points in the window.</param>
/// <param name="WindowSeconds">The window.</param>
/// <param name="Newest">Event time of the newest point in it.</param>
/// <param name="Series">The series that is read; null with no value: there is none.</param>
/// <param name="Parts">What it is made of.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.explained-part-view")]
public sealed record ExplainedPartView(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Expression,
    [property: Id(2)] string Truth,
    [property: Id(3)] string Text,
    [property: Id(4)] string? Entity,
    [property: Id(5)] double? Value,
    [property: Id(6)] double? Threshold,
    [property: Id(7)] double? Lower,
    [property: Id(8)] double? Upper,
    [property: Id(9)] int? N,
    [property: Id(10)] double? WindowSeconds,
    [property: Id(11)] Timestamp? Newest,
    [property: Id(12)] string? Series,
    [property: Id(13)] ExplainedPartView[]? Parts);
