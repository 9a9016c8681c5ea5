using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One alert that an incident explains.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.member-view")]
public sealed record MemberView(
    [property: Id(0)] string Rule,
    [property: Id(1)] string Entity,
    [property: Id(2)] string Episode,
    [property: Id(3)] string State,
    [property: Id(4)] Timestamp Since,
    [property: Id(5)] string Evidence);
