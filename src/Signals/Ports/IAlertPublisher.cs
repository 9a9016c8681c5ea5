namespace Grainwatch.Signals.Ports;

/// <summary>Carries notifications to one kind of receiver.</summary>
public interface IAlertPublisher
{
    /// <summary>The kind of receiver in the rule file: log, webhook, sns.</summary>
    string Kind { get; }

    /// <summary>Makes one attempt. Does not throw for what the network or the receiver does.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="target">Where to: the URL or topic of the receiver; null for the log.</param>
    /// <param name="cancellationToken">Ends the attempt; the outcome is then uncertain.</param>
    Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken);
}
