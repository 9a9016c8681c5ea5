using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>A rule at one entity and one set of labels.</summary>
/// <param name="Labels">Of the series; empty: the rule does not tell them apart.</param>
/// <param name="Truth">True, False, Hold, Missing or Error.</param>
/// <param name="Since">Since when, as far as the windows that were asked reach back.</param>
/// <param name="HeldSeconds">How long the condition had held.</param>
/// <param name="ForSeconds">How long it must hold.</param>
/// <param name="TrueOfLastN">Of the last N evaluations, where the rule counts.</param>
/// <param name="Warming">True: the windows did not cover what the rule looks at, and False is not believed.</param>
/// <param name="Evidence">In words and numbers.</param>
/// <param name="Raise">The condition, part by part.</param>
/// <param name="Clear">What ends it; null: the contrary.</param>
/// <param name="QualityKnown">False: it asks for quality at a time whose evidence is not kept.</param>
/// <param name="Truncated">True: there are more parts than are told.</param>
/// <param name="Alert">Where its alert stands now, whatever time was asked for.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.explained-target-view")]
public sealed record ExplainedTargetView(
    [property: Id(0)] string Labels,
    [property: Id(1)] string Truth,
    [property: Id(2)] Timestamp Since,
    [property: Id(3)] double HeldSeconds,
    [property: Id(4)] double ForSeconds,
    [property: Id(5)] int? TrueOfLastN,
    [property: Id(6)] bool Warming,
    [property: Id(7)] string Evidence,
    [property: Id(8)] ExplainedPartView Raise,
    [property: Id(9)] ExplainedPartView? Clear,
    [property: Id(10)] bool QualityKnown,
    [property: Id(11)] bool Truncated,
    [property: Id(12)] AlertExplanationView? Alert);
