using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>What a rule says of an entity now.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.verdict-view")]
public sealed record VerdictView(
    [property: Id(0)] string Rule,
    [property: Id(1)] string Truth,
    [property: Id(2)] Timestamp From,
    [property: Id(3)] Timestamp AsOf,
    [property: Id(4)] double HeldSeconds,
    [property: Id(5)] string Evidence);
