namespace Grainwatch.Signals.Alerts;

/// <summary>One reason why something is not told.</summary>
/// <param name="Kind">What holds it back.</param>
/// <param name="By">The name or id of the rule, window or silence.</param>
public sealed record Suppression(SuppressionKind Kind, string By)
{
    public override string ToString() => $"{Kind}:{By}";
}
