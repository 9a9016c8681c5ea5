using Orleans.Runtime;

namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>What became of a batch. Points that were there already count as accepted.</summary>
/// <param name="Accepted">Points that are in a window now.</param>
/// <param name="Rejected">Points that are not.</param>
/// <param name="Reasons">One line per kind of refusal, with its count; empty when nothing was refused.</param>
/// <param name="Silo">Where the windows live.</param>
/// <param name="Known">Which series of the batch that silo knows by their hash from now on, by their place in it.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.write-receipt")]
public sealed record WriteReceipt(
    [property: Id(0)] int Accepted,
    [property: Id(1)] int Rejected,
    [property: Id(2)] string[] Reasons,
    [property: Id(3)] SiloAddress? Silo = null,
    [property: Id(4)] int[]? Known = null);
