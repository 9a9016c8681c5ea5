namespace Grainwatch.Benchmarks.Load;

/// <summary>The rules of these measurements: all that the product ships, and one that pages at the first bad sample.</summary>
internal static class RuleFile
{
    /// <summary>The metric and the value that make that one true.</summary>
    public const string BadMetric = "kv_cache_usage";
    public const double BadValue = 1;

    private const string Name = "Fleet/fleet-rules.yaml";
    private const string Placeholder = "http://127.0.0.1:9000/";

    /// <summary>Writes it with the address of a webhook in it.</summary>
    /// <returns>Where.</returns>
    public static string Write(string webhookUrl)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "fleet-rules.local.yaml");
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Name));
        File.WriteAllText(path, text.Replace(Placeholder, webhookUrl, StringComparison.Ordinal));
        return path;
    }
}
