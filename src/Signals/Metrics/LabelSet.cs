using System.Text;

namespace Grainwatch.Signals.Metrics;

/// <summary>Residual labels of a series: those that neither name the entity nor are aggregated away. Sorted by name, immutable.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    private readonly KeyValuePair<string, string>[] _labels;
    private readonly string _text;

    private LabelSet(KeyValuePair<string, string>[] sorted)
    {
        _labels = sorted;
        _text = Format(sorted);
    }

    public static LabelSet Empty { get; } = new([]);

    public int Count => _labels.Length;

    public IReadOnlyList<KeyValuePair<string, string>> Labels => _labels;

    /// <summary>The value of a label, null when absent.</summary>
    public string? this[string name] => Array.Find(_labels, l => string.Equals(l.Key, name, StringComparison.Ordinal)).Value;

    /// <summary>A later label of the same name replaces an earlier one.</summary>
    public static LabelSet Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach ((string name, string value) in labels)
        {
            sorted[name] = value;
        }

        return sorted.Count == 0 ? Empty : new LabelSet([.. sorted]);
    }

    public bool Equals(LabelSet? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Empty, or <c>{a="x",b="y"}</c> with quotes and backslashes escaped as Prometheus does.</summary>
    public override string ToString() => _text;

    /// <summary>A value between its quotes, as the text formats of Prometheus write it.</summary>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private static string Format(KeyValuePair<string, string>[] labels)
    {
        if (labels.Length == 0)
        {
            return "";
        }

        StringBuilder text = new("{");
        foreach ((string name, string value) in labels)
        {
            text.Append(text.Length == 1 ? "" : ",").Append(name).Append("=\"")
                .Append(Escape(value))
                .Append('"');
        }

        return text.Append('}').ToString();
    }
}
