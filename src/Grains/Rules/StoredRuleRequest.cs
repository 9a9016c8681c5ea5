namespace Grainwatch.Grains.Rules;

/// <summary>A request that carried a key, and the version that it made.</summary>
[GenerateSerializer, Alias("grainwatch.stored-rule-request")]
public sealed record StoredRuleRequest(
    [property: Id(0)] string KeyHash, [property: Id(1)] string BodyHash, [property: Id(2)] long Number, [property: Id(3)] string Hash);
