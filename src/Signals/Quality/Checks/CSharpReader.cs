namespace Grainwatch.Signals.Quality.Checks;

/// <summary>The tokens of C# source, and what can be said of them without a grammar.</summary>
internal sealed class CSharpReader
{
    private const int DepthMax = 256;
    private readonly List<(int Start, int Length, char Kind)> _tokens = [];
    private string? _fault;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "async", "await", "base", "bool", "break", "by", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "descending", "ascending", "do", "double", "dynamic", "else", "enum", "equals", "event", "explicit", "extern",
        "false", "finally", "fixed", "float", "for", "foreach", "from", "get", "global", "goto", "group", "if", "implicit", "in", "init", "int",
        "interface", "internal", "into", "is", "join", "let", "lock", "long", "nameof", "namespace", "new", "nint", "not", "null", "object", "on",
        "operator", "or", "and", "orderby", "out", "override", "params", "partial", "private", "protected", "public", "readonly", "record", "ref",
        "required", "return", "sbyte", "sealed", "select", "set", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "value", "var", "virtual", "void", "volatile",
        "when", "where", "while", "with", "yield",
    };

    /// <summary>Tokens: i name or number, s string, other characters stand for themselves.</summary>
    public CSharpReader(ReadOnlySpan<char> code)
    {
        for (int i = 0; i < code.Length && _fault is null;)
        {
            char c = code[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '/' && i + 1 < code.Length && code[i + 1] is '/' or '*')
            {
                i = SkipComment(code, i);
            }
            else if (c is '"' or '\'' || (c is '@' or '$' && i + 1 < code.Length && code[i + 1] is '"' or '@' or '$'))
            {
                int end = SkipString(code, i);
                _tokens.Add((i, end - i, 's'));
                i = end;
            }
            else if (char.IsLetterOrDigit(c) || c == '_')
            {
                int end = i;
                while (end < code.Length && (char.IsLetterOrDigit(code[end]) || code[end] == '_'))
                {
                    end++;
                }

                _tokens.Add((i, end - i, 'i'));
                i = end;
            }
            else if (c == '#')
            {
                int end = code[i..].IndexOf('\n');
                i = end < 0 ? code.Length : i + end;
            }
            else
            {
                _fault = c is '\u201C' or '\u201D' or '\u2018' or '\u2019' ? "typographic quotes" : _fault;
                _tokens.Add((i, 1, c));
                i++;
            }
        }
    }

    /// <summary>Why it cannot parse; null: nothing found.</summary>
    public string? Fault(ReadOnlySpan<char> code) => _fault ?? Unpaired() ?? Unended(code);

    /// <summary>A small-letter name used once and never declared; null: none.</summary>
    public string? DoubtfulName(ReadOnlySpan<char> code)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach ((int start, int length, char kind) in _tokens)
        {
            if (kind == 'i')
            {
                string name = code.Slice(start, length).ToString();
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }

        for (int t = 0; t < _tokens.Count; t++)
        {
            (int start, int length, char kind) = _tokens[t];
            if (kind != 'i' || !char.IsLower(code[start]))
            {
                continue;
            }

            string name = code.Slice(start, length).ToString();
            bool once = counts[name] == 1 && !Keywords.Contains(name);
            if (once && !IsDeclared(code, t))
            {
                return $"name {(name.Length > 40 ? name[..40] : name)} is not declared";
            }
        }

        return null;
    }

    // Behind a type ("int x", "List<int> x", "x[] y"), behind a dot, before "=>" or ":", or in a tuple of a declaration.
    private bool IsDeclared(ReadOnlySpan<char> code, int t)
    {
        char before = t > 0 ? _tokens[t - 1].Kind : ' ';
        char after = t + 1 < _tokens.Count ? _tokens[t + 1].Kind : ' ';
        if (before is '.' or '>' or ']' or '?' or '#' || after == ':' || (after == '=' && t + 2 < _tokens.Count && _tokens[t + 2].Kind == '>'))
        {
            return before is not ('>' or '?') || after is '=' or ',' or ')' or ';' or 'i' or '(' or '{' || before == '>';
        }

        if (before != 'i')
        {
            return false;
        }

        string type = code.Slice(_tokens[t - 1].Start, _tokens[t - 1].Length).ToString();
        return type is not ("return" or "in" or "new" or "is" or "case" or "throw" or "else" or "await" or "when" or "and" or "or" or "not" or "by" or "select" or "where" or "orderby");
    }

    private string? Unpaired()
    {
        Span<char> stack = stackalloc char[DepthMax];
        int depth = 0;
        foreach ((_, _, char kind) in _tokens)
        {
            if (kind is '(' or '[' or '{')
            {
                if (depth == DepthMax)
                {
                    return null;
                }

                stack[depth++] = kind;
            }
            else if (kind is ')' or ']' or '}')
            {
                char wanted = kind == ')' ? '(' : kind == ']' ? '[' : '{';
                if (depth == 0 || stack[--depth] != wanted)
                {
                    return $"an unpaired {kind}";
                }
            }
        }

        return depth == 0 ? null : $"an unpaired {stack[depth - 1]}";
    }

    // Two tokens on two lines that nothing joins: "x = 1" and "return x;".
    private string? Unended(ReadOnlySpan<char> code)
    {
        int round = 0;
        for (int t = 0; t + 1 < _tokens.Count; t++)
        {
            (int start, int length, char kind) = _tokens[t];
            round += kind is '(' or '[' ? 1 : kind is ')' or ']' ? -1 : 0;
            (int nextStart, int nextLength, char next) = _tokens[t + 1];
            bool newLine = code[(start + length)..nextStart].Contains('\n');
            if (!newLine || round > 0)
            {
                continue;
            }

            ReadOnlySpan<char> word = kind == 'i' ? code.Slice(start, length) : default;
            bool operand = kind is 's' or ']' || (kind == 'i' && !Keywords.Contains(word.ToString()))
                || word is "null" or "true" or "false" or "break" or "continue" or "this";
            ReadOnlySpan<char> follows = next == 'i' ? code.Slice(nextStart, nextLength) : default;
            bool statement = next == '}' || follows is "return" or "int" or "string" or "var" or "for" or "foreach" or "if" or "while" or "bool" or "double" or "else";
            bool inList = next == '}' && IsInitializer(t);
            if (operand && statement && !inList)
            {
                return "a statement without its semicolon";
            }

            // A call that nothing ends: "Add(x)" before "}" or a statement. Heads of blocks and constructors go on with "{".
            if (kind == ')' && (next == '}' || follows is "int" or "string" or "var" or "foreach") && !IsHead(code, t) && !inList)
            {
                return "a statement without its semicolon";
            }
        }

        return null;
    }

    // The "(...)" that ends here stands behind if, for, while, foreach, switch, using, lock.
    private bool IsHead(ReadOnlySpan<char> code, int close)
    {
        int depth = 0;
        for (int t = close; t >= 0; t--)
        {
            depth += _tokens[t].Kind == ')' ? 1 : _tokens[t].Kind == '(' ? -1 : 0;
            if (depth == 0)
            {
                return t > 0 && _tokens[t - 1].Kind == 'i'
                    && code.Slice(_tokens[t - 1].Start, _tokens[t - 1].Length) is "if" or "for" or "while" or "foreach" or "switch" or "using" or "lock";
            }
        }

        return true;
    }

    // Whether the block that closes behind token t holds no statement: an initialiser, an enum, a switch expression.
    private bool IsInitializer(int t)
    {
        int depth = 0;
        for (int k = t; k >= 0; k--)
        {
            char kind = _tokens[k].Kind;
            depth += kind is '}' or ')' or ']' ? 1 : kind is '{' or '(' or '[' ? -1 : 0;
            if (depth == 0 && kind == ';')
            {
                return false;
            }

            if (depth < 0)
            {
                char before = k > 0 ? _tokens[k - 1].Kind : ' ';
                return kind != '{' || before is 'i' or ']' or '=' or ',' or '{' or '>' or '(';
            }
        }

        return true;
    }

    private static int SkipComment(ReadOnlySpan<char> code, int i)
    {
        bool line = code[i + 1] == '/';
        int end = line ? code[i..].IndexOf('\n') : code[(i + 2)..].IndexOf("*/", StringComparison.Ordinal);
        return end < 0 ? code.Length : line ? i + end : i + end + 4;
    }

    private int SkipString(ReadOnlySpan<char> code, int i)
    {
        bool verbatim = false;
        while (code[i] is '@' or '$')
        {
            verbatim |= code[i] == '@';
            i++;
            if (i >= code.Length || code[i] is not ('"' or '@' or '$'))
            {
                return i;
            }
        }

        char quote = code[i];
        if (quote == '"' && code[i..].StartsWith("\"\"\"", StringComparison.Ordinal))
        {
            int close = code[(i + 3)..].IndexOf("\"\"\"", StringComparison.Ordinal);
            _fault = close < 0 ? "a string is not closed" : _fault;
            return close < 0 ? code.Length : i + close + 6;
        }

        for (i++; i < code.Length; i++)
        {
            if (code[i] == quote)
            {
                if (verbatim && i + 1 < code.Length && code[i + 1] == quote)
                {
                    i++;
                    continue;
                }

                return i + 1;
            }

            if (code[i] == '\\' && !verbatim)
            {
                i++;
            }
            else if (code[i] == '\n' && !verbatim)
            {
                break;
            }
        }

        _fault = "a string is not closed";
        return Math.Min(i, code.Length);
    }
}
