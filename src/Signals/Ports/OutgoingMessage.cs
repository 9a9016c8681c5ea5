namespace Grainwatch.Signals.Ports;

/// <summary>One notification on its way out.</summary>
/// <param name="NotificationId">The same for every attempt; receivers fold doubles by it.</param>
/// <param name="Receiver">The receiver's name in the rule file.</param>
/// <param name="Subject">Under 100 printable characters.</param>
/// <param name="Body">UTF-8 JSON, under 262,144 bytes.</param>
public sealed record OutgoingMessage(string NotificationId, string Receiver, string Subject, ReadOnlyMemory<byte> Body);
