namespace Grainwatch.Signals.Windows;

/// <summary>Reads outcomes.</summary>
public static class UpsertOutcomes
{
    /// <summary>True when what was sent is in the window now, or was before.</summary>
    public static bool IsAccepted(this UpsertOutcome outcome) => outcome < UpsertOutcome.TooOld;
}
