namespace Grainwatch.Signals.Rules;

/// <summary>What is posted to a webhook.</summary>
public enum WebhookFormat
{
    /// <summary>The payload of an Alertmanager's webhook, version 4.</summary>
    Alertmanager,

    /// <summary>The JSON of a CloudWatch alarm with our own object beside it, as SNS topics get it.</summary>
    Grainwatch,
}
