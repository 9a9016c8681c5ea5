namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>What one activation of an endpoint leaves to the next: its windows, closed, and everything that decodes and judges from them.</summary>
/// <param name="Id">Unique: what was taken in once is not taken in again.</param>
/// <param name="MembershipVersion">Epoch of the activation that leaves it, the first part: the next one's must be higher.</param>
/// <param name="ActivationStartUnixMs">The second part.</param>
/// <param name="Clock">Which clock the endpoint lives by.</param>
/// <param name="Body">Plain data, as JSON.</param>
/// <param name="Includes">Ids of earlier ones that are in it.</param>
/// <param name="Copy">Number of the copy, when the activation was still at work as it was made; null: it is what the activation left.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.window-handover")]
public sealed record WindowHandover(
    [property: Id(0)] string Id,
    [property: Id(1)] long MembershipVersion,
    [property: Id(2)] long ActivationStartUnixMs,
    [property: Id(3)] ClockDomain Clock,
    [property: Id(4)] byte[] Body,
    [property: Id(5)] string[] Includes,
    [property: Id(6)] long? Copy = null);
