namespace Grainwatch.Grains.Correlation;

/// <summary>What was said of incidents, apart from what decides: it may grow, and no page waits for it.</summary>
[GenerateSerializer, Alias("grainwatch.history-state")]
public sealed class HistoryState
{
    /// <summary>The entries as JSON; null: nothing was written yet.</summary>
    [Id(0)]
    public string? EntriesJson { get; set; }
}
