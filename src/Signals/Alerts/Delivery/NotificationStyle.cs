namespace Grainwatch.Signals.Alerts;

/// <summary>What a notification needs to know of its surroundings.</summary>
/// <param name="Account">The AWS account that a CloudWatch-shaped body names.</param>
/// <param name="Region">The AWS region that it names.</param>
/// <param name="UiBase">Address of the web page and API, without a slash at its end; null: no links.</param>
public sealed record NotificationStyle(string Account, string Region, string? UiBase)
{
    public static NotificationStyle Default { get; } = new("000000000000", "local", null);
}
