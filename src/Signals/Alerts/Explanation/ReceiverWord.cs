namespace Grainwatch.Signals.Alerts;

/// <summary>What one receiver knows of an episode, or will.</summary>
/// <param name="Receiver">Its name.</param>
/// <param name="State">AwaitsGroup, UnderWay, Told or Lost.</param>
/// <param name="NotBefore">Not told before; of use while it waits.</param>
/// <param name="SentAt">When its group was told last; null: never.</param>
public sealed record ReceiverWord(string Receiver, PageState State, Timestamp NotBefore, Timestamp? SentAt);
