namespace Grainwatch.Signals.Rules.Files;

/// <summary>A piece of YAML with its place (line and column from 1, index into the text from 0).</summary>
internal abstract record YamlNode(int Line, int Column, int Index)
{
    public abstract string Kind { get; }
}

/// <summary>A value.</summary>
internal sealed record YamlScalar(int Line, int Column, int Index, int EndIndex, string Value, bool IsPlain, bool IsQuoted) : YamlNode(Line, Column, Index)
{
    public override string Kind => "a value";

    public bool IsNull => IsPlain && Value is "" or "~" or "null";
}

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, int Column, int Index, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column, Index)
{
    public override string Kind => "a list";
}

/// <summary>A mapping, in the order of the file.</summary>
internal sealed record YamlMap(int Line, int Column, int Index, IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries) : YamlNode(Line, Column, Index)
{
    public override string Kind => "a mapping";
}
