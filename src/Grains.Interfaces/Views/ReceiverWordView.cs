using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>What one receiver knows of an alert.</summary>
/// <param name="Receiver">Its name.</param>
/// <param name="State">AwaitsGroup, UnderWay, Told or Lost.</param>
/// <param name="NotBefore">Its group is not told before.</param>
/// <param name="SentAt">When its group was told last.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.receiver-word-view")]
public sealed record ReceiverWordView(
    [property: Id(0)] string Receiver, [property: Id(1)] string State, [property: Id(2)] Timestamp NotBefore,
        [property: Id(3)] Timestamp? SentAt);
