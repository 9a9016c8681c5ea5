namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>What became of a batch. Points that were there already count as accepted.</summary>
/// <param name="Accepted">Points that are in a window now.</param>
/// <param name="Rejected">Points that are not.</param>
/// <param name="Reasons">One line per kind of refusal, with its count; empty when nothing was refused.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.write-receipt")]
public sealed record WriteReceipt(
    [property: Id(0)] int Accepted,
    [property: Id(1)] int Rejected,
    [property: Id(2)] string[] Reasons);
