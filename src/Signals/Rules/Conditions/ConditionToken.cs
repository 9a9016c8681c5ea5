namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>The kinds of token.</summary>
internal enum TokenKind
{
    End,
    Name,
    Quoted,
    Number,
    Parameter,
    Symbol,
}

/// <summary>One token with its place.</summary>
internal readonly record struct ConditionToken(TokenKind Kind, string Text, int Offset, NumberExpression? Number = null)
{
    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Name && string.Equals(Text, text, StringComparison.Ordinal);

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Parameter => $"'${Text}'",
        _ => $"'{Text}'",
    };
}
