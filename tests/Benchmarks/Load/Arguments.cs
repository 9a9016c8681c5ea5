using System.Globalization;

namespace Grainwatch.Benchmarks.Load;

/// <summary>What a verb was asked for: `--name value`, some of them repeatable.</summary>
internal sealed class Arguments(string[] arguments)
{
    public bool Has(string name) => arguments.Contains(name);

    public string Text(string name, string otherwise) => All(name).FirstOrDefault() ?? otherwise;

    public int Number(string name, int otherwise) => All(name).Select(Parse).DefaultIfEmpty(otherwise).First();

    public int[] Numbers(string name, params int[] otherwise)
    {
        int[] given = [.. All(name).Select(Parse)];
        return given.Length > 0 ? given : otherwise;
    }

    private IEnumerable<string> All(string name) =>
        arguments.Index().Where(a => a.Item == name && a.Index + 1 < arguments.Length).Select(a => arguments[a.Index + 1]);

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
