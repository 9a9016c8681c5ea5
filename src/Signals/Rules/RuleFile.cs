using Grainwatch.Signals.Rules.Files;

namespace Grainwatch.Signals.Rules;

/// <summary>Reads rule files: YAML of one schema, with every error named by its place and all of them at once.</summary>
/// <remarks>The language is described in <c>docs/rules.md</c>. Reading never throws and never hangs, whatever the text.</remarks>
public static class RuleFile
{
    /// <summary>The only version of the schema.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Most rules in a file.</summary>
    public const int MaxRules = 1000;

    /// <summary>Reads a rule file.</summary>
    /// <param name="yaml">Its text, at most 1 Mi characters.</param>
    /// <param name="fileName">As errors shall name it.</param>
    /// <param name="errors">In the order of the file; empty: the set is whole.</param>
    /// <returns>The set; <see cref="RuleSet.Empty"/> when there is an error.</returns>
    public static RuleSet Parse(string yaml, string fileName, out IReadOnlyList<RuleError> errors) =>
        Parse(yaml, fileName, DefaultRules.Templates, out errors);

    /// <summary>Writes a set as a file: read again it is a set of the same hash. Comments and templates are not in it.</summary>
    public static string Write(RuleSet rules) => RuleFileWriter.Write(rules);

    internal static RuleSet Parse(string yaml, string fileName, RuleTemplates templates, out IReadOnlyList<RuleError> errors)
    {
        FileErrors found = new(fileName, yaml);
        YamlNode? root = YamlText.Read(yaml, fileName, found.All);
        RuleSet? set = root is null ? null : new RuleFileReader(templates, found).Read(root);
        errors = found.Sorted();
        return errors.Count == 0 && set is not null ? set : RuleSet.Empty;
    }
}
