namespace Grainwatch.Signals.Rules.Files;

/// <summary>The rules and templates that are built in, read once.</summary>
internal static class DefaultRules
{
    private const string RulesName = "Grainwatch.Signals.Rules.Defaults.default.yaml";
    private const string TemplatesName = "Grainwatch.Signals.Rules.Defaults.templates.yaml";

    public static string RulesText { get; } = Load(RulesName);

    public static RuleTemplates Templates { get; } = RuleTemplates.Of(RulesText, Load(TemplatesName));

    public static RuleSet Set { get; } = Read();

    private static RuleSet Read()
    {
        RuleSet set = RuleFile.Parse(RulesText, "default.yaml", RuleTemplates.None, out IReadOnlyList<RuleError> errors);
        return errors.Count == 0 ? set : throw new InvalidOperationException($"the built-in rules are broken: {string.Join("; ", errors)}");
    }

    private static string Load(string name)
    {
        using Stream stream = typeof(DefaultRules).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is not in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
