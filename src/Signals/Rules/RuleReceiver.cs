namespace Grainwatch.Signals.Rules;

/// <summary>Somebody who is told.</summary>
/// <param name="Name">As routes name it.</param>
/// <param name="Kind">How it is reached.</param>
/// <param name="Target">The topic's ARN or the URL; null for the log.</param>
/// <param name="Fallback">Who is told when this one cannot be reached; null: nobody.</param>
/// <param name="Every">How often a watchdog hears; zero for others.</param>
public sealed record RuleReceiver(string Name, ReceiverKind Kind, string? Target, string? Fallback, TimeSpan Every)
{
    /// <summary>What a webhook is sent; of no account to others.</summary>
    public WebhookFormat Format { get; init; }

    public static readonly TimeSpan DefaultEvery = TimeSpan.FromMinutes(1);
}
