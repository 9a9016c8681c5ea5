using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules.Files;

namespace Grainwatch.Signals.Rules;

/// <summary>A rule file that was read without an error.</summary>
/// <param name="Version">Of the schema: 1.</param>
/// <param name="Routes">In order; empty: everything goes to the log.</param>
/// <param name="Receivers">In the order of the file.</param>
/// <param name="Groups">In the order of the file.</param>
/// <param name="Hash">Of everything that the set says, comments and spaces left out.</param>
public sealed record RuleSet(
    int Version, IReadOnlyList<RuleRoute> Routes, IReadOnlyList<RuleReceiver> Receivers, IReadOnlyList<RuleGroup> Groups, string Hash)
{
    /// <summary>A set without a rule.</summary>
    public static RuleSet Empty { get; } = new(RuleFile.SchemaVersion, [], [], [], "");

    /// <summary>The rules that the product ships; they need no editing.</summary>
    public static RuleSet Default => DefaultRules.Set;

    /// <summary>Every rule, in the order of the file.</summary>
    public IReadOnlyList<Rule> Rules { get; } = [.. Groups.SelectMany(g => g.Rules)];

    /// <summary>The detectors that the rules ask for, each once, in the order of the rules.</summary>
    public IReadOnlyList<QualityQuestion> Questions { get; } = [.. Groups.SelectMany(g => g.Rules).SelectMany(r => r.Questions).Distinct()];

    /// <summary>The rule of an id, null when there is none.</summary>
    public Rule? Find(string id) => Rules.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal));
}
