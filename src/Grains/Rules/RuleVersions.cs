namespace Grainwatch.Grains.Rules;

/// <summary>The bounds of what is remembered of former rules.</summary>
internal static class RuleVersions
{
    /// <summary>Versions that are remembered.</summary>
    public const int Max = 50;

    /// <summary>Characters of all texts together; older texts make room, their versions stay.</summary>
    public const int CharactersMax = 200_000;

    /// <summary>Request keys that are remembered.</summary>
    public const int RequestsMax = 100;

    /// <summary>Adds a version unless it is there, and makes room.</summary>
    public static void Add(List<StoredRules> versions, StoredRules version)
    {
        if (versions.Exists(v => v.Number == version.Number))
        {
            return;
        }

        versions.Add(version);
        versions.RemoveRange(0, Math.Max(0, versions.Count - Max));
        int characters = 0;
        for (int i = versions.Count - 1; i >= 0; i--)
        {
            characters += versions[i].Text?.Length ?? 0;
            versions[i] = characters > CharactersMax && i < versions.Count - 1 ? versions[i] with { Text = null } : versions[i];
        }
    }
}
