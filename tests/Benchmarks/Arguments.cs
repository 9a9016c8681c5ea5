namespace Grainwatch.Benchmarks;

/// <summary>Reads the options of a verb.</summary>
internal static class Arguments
{
    /// <summary>What follows an option, each time that it is given.</summary>
    public static IEnumerable<string> Values(string[] arguments, string name) =>
        arguments.Index().Where(a => a.Item == name && a.Index + 1 < arguments.Length).Select(a => arguments[a.Index + 1]);
}
