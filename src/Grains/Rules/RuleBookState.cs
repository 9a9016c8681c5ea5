namespace Grainwatch.Grains.Rules;

/// <summary>What decides which rules are in force.</summary>
[GenerateSerializer, Alias("grainwatch.rule-book-state")]
public sealed class RuleBookState
{
    /// <summary>The schema that this program writes. A newer one is not touched.</summary>
    public const int SchemaNow = 1;

    [Id(0)]
    public int Schema { get; set; } = SchemaNow;

    [Id(1)]
    public StoredRules InForce { get; set; } = new(1, "", "default", null, "", "", null);

    /// <summary>Hash of the file that asserted itself last: only another file does so again.</summary>
    [Id(2)]
    public string FileHash { get; set; } = "";

    /// <summary>Requests that carried a key, the oldest first.</summary>
    [Id(3)]
    public List<StoredRuleRequest> Requests { get; set; } = [];
}
