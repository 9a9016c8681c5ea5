using Grainwatch.Signals.Rules.Files;

namespace Grainwatch.Signals.Rules.Testing;

/// <summary>A file of tests for a rule file: synthetic series and answers, and what must come of them.</summary>
/// <param name="FileName">As errors and failures name it.</param>
/// <param name="Rules">The rule file under test, relative to this file; null: the default rules.</param>
/// <param name="Topology">A topology.json, relative to this file; null: as the entities of the tests imply.</param>
/// <param name="Interval">Time between two values of a series, and length of a bucket.</param>
/// <param name="Tests">In the order of the file.</param>
public sealed record RuleTestFile(string FileName, string? Rules, string? Topology, TimeSpan Interval, IReadOnlyList<RuleTest> Tests)
{
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    /// <summary>Reads a test file. Never throws, whatever the text.</summary>
    /// <param name="yaml">Its text, at most 1 Mi characters.</param>
    /// <param name="fileName">As errors shall name it.</param>
    /// <param name="errors">In the order of the file; empty: the file is whole.</param>
    /// <returns>The tests; none when there is an error.</returns>
    public static RuleTestFile Parse(string yaml, string fileName, out IReadOnlyList<RuleError> errors)
    {
        FileErrors found = new(fileName, yaml);
        YamlNode? root = YamlText.Read(yaml, fileName, found.All);
        RuleTestFile? file = root is null ? null : new RuleTestFileReader(fileName, found).Read(root);
        errors = found.Sorted();
        return errors.Count == 0 && file is not null ? file : new RuleTestFile(fileName, null, null, DefaultInterval, []);
    }
}
