using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Correlation;

/// <summary>Where an endpoint's incidents stand when its correlation grain has just been woken.</summary>
/// <param name="Incidents">What is open.</param>
/// <param name="WrittenAt">The clock of what was written last; null: nothing was.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.correlation-clock")]
public sealed record CorrelationClock([property: Id(0)] IncidentCount Incidents, [property: Id(1)] Timestamp? WrittenAt);
