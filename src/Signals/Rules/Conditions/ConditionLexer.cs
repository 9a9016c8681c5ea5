using System.Globalization;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Cuts a condition into tokens. Dots belong to names (<c>latency.p99</c>, <c>endpoint.requests</c>), units to numbers.</summary>
internal static class ConditionLexer
{
    private static readonly string[] Symbols = [">=", "<=", "==", "!=", ">", "<", "(", ")", "[", "]", ",", "+", "-", "*", "/", "|", ":"];

    /// <exception cref="ConditionException">A character, number or quoted name is wrong.</exception>
    public static List<ConditionToken> Tokens(string text)
    {
        List<ConditionToken> tokens = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at >= text.Length)
            {
                tokens.Add(new ConditionToken(TokenKind.End, "", text.Length));
                return tokens;
            }

            ConditionToken token = Next(text, at, out int length);
            tokens.Add(token);
            at += length;
        }
    }

    /// <summary>True when a metric's name needs no quotes.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && NameLength(text, 0) == text.Length && !IsKeyword(text)
        && !text.StartsWith("endpoint.", StringComparison.Ordinal) && !text.StartsWith("instance.", StringComparison.Ordinal);

    public static bool IsKeyword(string text) => text is "and" or "or" or "not" or "else" or "over";

    private static ConditionToken Next(string text, int at, out int length)
    {
        char c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, at, out length);
        }

        if (IsNameStart(c))
        {
            length = NameLength(text, at);
            return new ConditionToken(TokenKind.Name, text.Substring(at, length), at);
        }

        if (c == '"')
        {
            int end = text.IndexOf('"', at + 1);
            if (end <= at + 1)
            {
                throw new ConditionException(at, end < 0 ? "the quoted name is not closed" : "a quoted name must not be empty");
            }

            length = end + 1 - at;
            return new ConditionToken(TokenKind.Quoted, text[(at + 1)..end], at);
        }

        if (c == '$')
        {
            int name = at + 1 < text.Length && IsNameStart(text[at + 1]) ? WordLength(text, at + 1) : 0;
            length = name + 1;
            return name > 0 ? new ConditionToken(TokenKind.Parameter, text.Substring(at + 1, name), at) : throw new ConditionException(at, "'$' must be followed by the name of a parameter");
        }

        string? symbol = Array.Find(Symbols, s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0);
        if (symbol is null)
        {
            throw new ConditionException(at, c switch
            {
                '=' => "'=' is no comparison: write '=='",
                '&' => "write 'and'",
                '!' => "write 'not'",
                _ => $"unexpected character '{c}'",
            });
        }

        length = symbol.Length;
        return new ConditionToken(TokenKind.Symbol, symbol, at);
    }

    private static ConditionToken Number(string text, int at, out int length)
    {
        int end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        end = Exponent(text, end);
        if (!double.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double amount) || !double.IsFinite(amount))
        {
            throw new ConditionException(at, $"'{text[at..end]}' is no number");
        }

        NumberUnit unit = NumberUnit.None;
        int unitEnd = UnitEnd(text, end);
        if (unitEnd > end && !NumberUnits.TryParse(text[end..unitEnd], out unit))
        {
            throw new ConditionException(end, $"unknown unit '{text[end..unitEnd]}': known are {NumberUnits.Known}");
        }

        end = unitEnd;
        NumberUnit per = NumberUnit.None;
        if (end + 1 < text.Length && text[end] == '/' && UnitEnd(text, end + 1) is int perEnd && perEnd > end + 1
            && NumberUnits.TryParse(text[(end + 1)..perEnd], out per) && per is NumberUnit.Seconds or NumberUnit.Minutes or NumberUnit.Hours)
        {
            end = perEnd;
        }
        else
        {
            per = NumberUnit.None;
        }

        length = end - at;
        return new ConditionToken(TokenKind.Number, text.Substring(at, length), at, new NumberExpression(amount, unit, per) { At = new SourceOffset(at) });
    }

    private static int Exponent(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return at;
        }

        int digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        int end = digits;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > digits ? end : at;
    }

    private static int UnitEnd(string text, int at)
    {
        if (at < text.Length && text[at] == '%')
        {
            return at + 1;
        }

        int end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static int WordLength(string text, int at)
    {
        int end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end - at;
    }

    private static int NameLength(string text, int at)
    {
        int end = at;
        while (end < text.Length && (end == at ? IsNameStart(text[end]) : char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_' || IsInnerMark(text, end)))
        {
            end++;
        }

        return end - at;
    }

    /// <summary>A dot or colon belongs to a name when a letter or digit follows: <c>latency.p99</c>, <c>vllm:queue</c>.</summary>
    private static bool IsInnerMark(string text, int at) =>
        text[at] is '.' or ':' && at + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[at + 1]) || text[at + 1] == '_');
}
