namespace Grainwatch.Grains.Interfaces.Correlation;

/// <summary>Where a test page stands.</summary>
/// <param name="State">Sent, Dead, Uncertain, or the answer to the last attempt.</param>
/// <param name="IsOver">True: nothing more will be tried.</param>
/// <param name="MessageId">The receiver's own id.</param>
/// <param name="Detail">Why not, in words.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.test-page")]
public sealed record TestPage(
    [property: Id(0)] string State, [property: Id(1)] bool IsOver, [property: Id(2)] string? MessageId, [property: Id(3)] string? Detail);
