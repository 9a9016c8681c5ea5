using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Grainwatch.Signals.Rules.Files;

/// <summary>
/// Reads YAML into a small tree, within bounds. Anchors, aliases, tags and further documents are refused: rule files need
/// none, and an alias is how a kilobyte becomes a gigabyte.
/// </summary>
internal sealed class YamlText
{
    public const int MaxCharacters = 1024 * 1024;
    public const int MaxDepth = 16;
    public const int MaxNodes = 200_000;

    private readonly string _file;
    private readonly List<RuleError> _errors;
    private readonly Parser _parser;
    private int _nodes;

    private YamlText(string yaml, string file, List<RuleError> errors)
    {
        _file = file;
        _errors = errors;
        _parser = new Parser(new StringReader(yaml));
    }

    /// <summary>The document's root, null when it is empty, broken or beyond a bound; then there is an error.</summary>
    public static YamlNode? Read(string yaml, string file, List<RuleError> errors)
    {
        if (yaml.Length > MaxCharacters)
        {
            errors.Add(new RuleError(file, 1, 1, $"the file has {yaml.Length} characters, at most {MaxCharacters} are read"));
            return null;
        }

        YamlText text = new(yaml, file, errors);
        try
        {
            return text.Document();
        }
        catch (YamlException e)
        {
            errors.Add(new RuleError(file, Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column), $"not YAML: {Reason(e)}"));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The scanner has a few ways to stumble over broken text that it does not report itself.
            Mark at = text._parser.Current?.End ?? Mark.Empty;
            errors.Add(new RuleError(file, Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column), "not YAML: the text cannot be read from here on"));
        }

        return null;
    }

    private YamlNode? Document()
    {
        Expect<StreamStart>();
        if (_parser.Current is not DocumentStart)
        {
            _errors.Add(new RuleError(_file, 1, 1, "the file is empty"));
            return null;
        }

        Expect<DocumentStart>();
        YamlNode root = Node(0);
        Expect<DocumentEnd>();
        if (_parser.Current is DocumentStart second)
        {
            throw Refused(second, "a rule file is one document");
        }

        return root;
    }

    private YamlNode Node(int depth)
    {
        ParsingEvent e = _parser.Current ?? throw new YamlException("the text ends early");
        if (depth > MaxDepth)
        {
            throw Refused(e, $"nested deeper than {MaxDepth} levels");
        }

        if (++_nodes > MaxNodes)
        {
            throw Refused(e, $"more than {MaxNodes} values");
        }

        if (e is AnchorAlias || e is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Refused(e, "anchors and aliases are not allowed");
        }

        if (e is NodeEvent { Tag: { IsEmpty: false } tag } && !tag.IsNonSpecific)
        {
            throw Refused(e, "tags are not allowed");
        }

        int line = (int)e.Start.Line, column = (int)e.Start.Column, index = (int)e.Start.Index;
        _parser.MoveNext();
        switch (e)
        {
            case Scalar scalar:
                return new YamlScalar(line, column, index, (int)scalar.End.Index, scalar.Value, scalar.Style == ScalarStyle.Plain, scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted);
            case SequenceStart:
                List<YamlNode> items = [];
                while (_parser.Current is not SequenceEnd)
                {
                    items.Add(Node(depth + 1));
                }

                _parser.MoveNext();
                return new YamlList(line, column, index, items);
            case MappingStart:
                return Map(line, column, index, depth);
            default:
                throw Refused(e, "a value is expected here");
        }
    }

    private YamlMap Map(int line, int column, int index, int depth)
    {
        List<KeyValuePair<YamlScalar, YamlNode>> entries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            YamlNode key = Node(depth + 1);
            YamlNode value = Node(depth + 1);
            if (key is not YamlScalar name)
            {
                _errors.Add(new RuleError(_file, key.Line, key.Column, $"a key must be a value, not {key.Kind}"));
            }
            else if (seen.Add(name.Value))
            {
                entries.Add(new(name, value));
            }
            else
            {
                _errors.Add(new RuleError(_file, name.Line, name.Column, $"'{name.Value}' is written twice"));
            }
        }

        _parser.MoveNext();
        return new YamlMap(line, column, index, entries);
    }

    private void Expect<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        if (_parser.Current is not T)
        {
            throw new YamlException("the text ends early");
        }

        _parser.MoveNext();
    }

    private static YamlException Refused(ParsingEvent e, string reason) => new(e.Start, e.End, reason);

    private static string Reason(YamlException e)
    {
        string message = e.Message;
        int newline = message.IndexOf('\n', StringComparison.Ordinal);
        message = newline < 0 ? message : message[..newline];
        int place = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return place < 0 ? message.TrimEnd('.') : message[(place + 3)..].TrimEnd('.');
    }
}
