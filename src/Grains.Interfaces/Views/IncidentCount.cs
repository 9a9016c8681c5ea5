namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>What is open at an endpoint.</summary>
/// <param name="Open">How many incidents.</param>
/// <param name="Severity">The highest among them; null: none.</param>
/// <param name="IsAtRest">True: nothing is open, pending or on its way, so that time alone changes nothing.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.incident-count")]
public sealed record IncidentCount([property: Id(0)] int Open, [property: Id(1)] string? Severity, [property: Id(2)] bool IsAtRest = false);
