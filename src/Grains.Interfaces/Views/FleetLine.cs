using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One endpoint in the list of all.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Clock">live or recorded.</param>
/// <param name="AsOf">How far its event time has come.</param>
/// <param name="Components">How many components it has.</param>
/// <param name="Gpus">How many GPUs it has.</param>
/// <param name="Series">How many series it has.</param>
/// <param name="TrueVerdicts">How many verdicts of its rules are true now.</param>
/// <param name="OpenIncidents">How many incidents are open.</param>
/// <param name="Severity">The highest severity among them; null: none.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.fleet-line")]
public sealed record FleetLine(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] string Key,
    [property: Id(2)] string Clock,
    [property: Id(3)] Timestamp? AsOf,
    [property: Id(4)] int Components,
    [property: Id(5)] int Gpus,
    [property: Id(6)] int Series,
    [property: Id(7)] int TrueVerdicts,
    [property: Id(8)] int OpenIncidents,
    [property: Id(9)] string? Severity);
