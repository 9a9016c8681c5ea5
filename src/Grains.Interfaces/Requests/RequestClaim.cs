using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Requests;

/// <summary>The first request that carried a key.</summary>
/// <param name="BodyHash">Of its body.</param>
/// <param name="Time">When it came in: a repeat happens at the same time.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.request-claim")]
public sealed record RequestClaim([property: Id(0)] string BodyHash, [property: Id(1)] Timestamp Time);
