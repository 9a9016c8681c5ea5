using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One entity: its windows, what rules say of it, its quality.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.entity-view")]
public sealed record EntityView(
    [property: Id(0)] string Entity,
    [property: Id(1)] string Kind,
    [property: Id(2)] Timestamp? Newest,
    [property: Id(3)] WindowView[] Windows,
    [property: Id(4)] VerdictView[] Verdicts,
    [property: Id(5)] QualityView[] Quality);
