namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>The changes that a condition may ask for.</summary>
public enum ChangeKind
{
    Deployment,
    Adapter,
    Scaling,
    Restart,
}
