namespace Grainwatch.Signals.Rules;

/// <summary>Adds rules to a set.</summary>
public static class RuleAddition
{
    /// <param name="rules">The set.</param>
    /// <param name="added">Groups with rules; a group of a name that is there is continued. Its routes and receivers do not count.</param>
    /// <param name="twice">Ids that the set has already; empty: they are all new.</param>
    /// <returns>The larger set, with a hash of its own; the set as it was where an id is there already or there would be too many
    /// rules.</returns>
    public static RuleSet Add(RuleSet rules, RuleSet added, out IReadOnlyList<string> twice)
    {
        HashSet<string> known = [.. rules.Rules.Select(r => r.Id)];
        twice = [.. added.Rules.Select(r => r.Id).Where(known.Contains)];
        if (twice.Count > 0 || rules.Rules.Count + added.Rules.Count > RuleFile.MaxRules)
        {
            return rules;
        }

        List<RuleGroup> groups = [.. rules.Groups];
        foreach (RuleGroup group in added.Groups)
        {
            int at = groups.FindIndex(g => string.Equals(g.Name, group.Name, StringComparison.Ordinal));
            if (at < 0)
            {
                groups.Add(group);
            }
            else
            {
                groups[at] = groups[at] with { Rules = [.. groups[at].Rules, .. group.Rules] };
            }
        }

        // Written and read again: what is stored is a file, and its hash is that of the file.
        string text = RuleFile.Write(new RuleSet(rules.Version, rules.Routes, rules.Receivers, groups, ""));
        RuleSet whole = RuleFile.Parse(text, "rules", out IReadOnlyList<RuleError> errors);
        Invariant.Require(errors.Count == 0);
        return whole;
    }
}
