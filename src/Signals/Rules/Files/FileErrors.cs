namespace Grainwatch.Signals.Rules.Files;

/// <summary>Collects the errors of one file, at most <see cref="Max"/>.</summary>
internal sealed class FileErrors(string file, string source)
{
    public const int Max = 200;

    private readonly List<RuleError> _errors = [];

    public List<RuleError> All => _errors;

    public void Add(YamlNode node, string message) => Add(node.Line, node.Column, message);

    /// <summary>An error inside the value of a scalar.</summary>
    public void Add(YamlScalar scalar, int offset, string message)
    {
        (int line, int column) = ScalarPlace.Of(source, scalar, offset);
        Add(line, column, message);
    }

    public void Add(int line, int column, string message)
    {
        if (_errors.Count < Max)
        {
            _errors.Add(new RuleError(file, line, column, message));
        }
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<RuleError> Sorted() =>
        [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column).ThenBy(e => e.Message, StringComparer.Ordinal)];
}
