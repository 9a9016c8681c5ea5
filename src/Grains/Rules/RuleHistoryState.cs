namespace Grainwatch.Grains.Rules;

/// <summary>Versions that were in force, apart from what decides.</summary>
[GenerateSerializer, Alias("grainwatch.rule-history-state")]
public sealed class RuleHistoryState
{
    [Id(0)]
    public int Schema { get; set; } = RuleBookState.SchemaNow;

    /// <summary>The oldest first.</summary>
    [Id(1)]
    public List<StoredRules> Versions { get; set; } = [];
}
