using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Reads a condition: recursive descent over the tokens, one method per level of precedence.</summary>
/// <remarks>
/// From loose to tight: <c>or</c>, <c>and</c>, <c>not</c>, comparisons (which do not chain), <c>+ -</c>, <c>* /</c>,
/// a leading minus, <c>else</c>. What the tree means is checked by <see cref="ConditionChecker"/>.
/// </remarks>
public sealed partial class ConditionParser
{
    /// <summary>Longest text of a condition.</summary>
    public const int MaxLength = 4096;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 32;

    private readonly List<ConditionToken> _tokens;
    private readonly IReadOnlyDictionary<string, NumberExpression> _parameters;
    private int _next;
    private int _depth;

    private ConditionParser(List<ConditionToken> tokens, IReadOnlyDictionary<string, NumberExpression> parameters)
    {
        _tokens = tokens;
        _parameters = parameters;
    }

    private ConditionToken Current => _tokens[_next];

    /// <summary>Reads a whole condition.</summary>
    /// <param name="text">At most <see cref="MaxLength"/> characters.</param>
    /// <param name="parameters">What <c>$name</c> stands for.</param>
    /// <param name="error">The first error.</param>
    /// <returns>The tree, null when there is an error.</returns>
    public static Expression? TryParse(string text, IReadOnlyDictionary<string, NumberExpression> parameters, out ConditionError? error)
    {
        error = null;
        if (text.Length > MaxLength)
        {
            error = new ConditionError(MaxLength, $"a condition has at most {MaxLength} characters, this one {text.Length}");
            return null;
        }

        try
        {
            ConditionParser parser = new(ConditionLexer.Tokens(text), parameters);
            Expression expression = parser.Or();
            return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected("'and', 'or' or the end");
        }
        catch (ConditionException e)
        {
            error = new ConditionError(e.Offset, e.Message);
            return null;
        }
    }

    /// <summary>Reads one number, as parameters and templates give them.</summary>
    public static NumberExpression? TryParseNumber(string text, out ConditionError? error)
    {
        error = null;
        try
        {
            List<ConditionToken> tokens = text.Length > 64 ? [] : ConditionLexer.Tokens(text);
            if (tokens is [{ Number: { } number }, { Kind: TokenKind.End }])
            {
                return number;
            }

            error = new ConditionError(0, "must be one number, with a unit where it has one");
        }
        catch (ConditionException e)
        {
            error = new ConditionError(e.Offset, e.Message);
        }

        return null;
    }

    private Expression Or()
    {
        Deeper();
        Expression left = And();
        while (Take("or") is { } token)
        {
            left = new LogicalExpression(LogicalOperator.Or, left, And()) { At = new(token.Offset) };
        }

        _depth--;
        return left;
    }

    private Expression And()
    {
        Expression left = Not();
        while (Take("and") is { } token)
        {
            left = new LogicalExpression(LogicalOperator.And, left, Not()) { At = new(token.Offset) };
        }

        return left;
    }

    private Expression Not()
    {
        if (Take("not") is not { } token)
        {
            return Comparison();
        }

        Deeper();
        Expression operand = Not();
        _depth--;
        return new NotExpression(operand) { At = new(token.Offset) };
    }

    private Expression Comparison()
    {
        Expression left = Sum();
        if (TakeComparison() is not { } comparison)
        {
            return left;
        }

        Expression right = Sum();
        return TakeComparison() is { } second
            ? throw new ConditionException(second.Offset, "comparisons do not chain: join two with 'and'")
            : new ComparisonExpression(comparison.Operator, left, right) { At = left.At };
    }

    private (ComparisonOperator Operator, int Offset)? TakeComparison()
    {
        ComparisonOperator? found = Current.Kind != TokenKind.Symbol ? null : Current.Text switch
        {
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            "==" => ComparisonOperator.Equal,
            "!=" => ComparisonOperator.NotEqual,
            _ => null,
        };
        return found is { } comparison ? (comparison, _tokens[_next++].Offset) : null;
    }

    private Expression Sum()
    {
        Expression left = Product();
        while ((Take("+") ?? Take("-")) is { } token)
        {
            ArithmeticOperator arithmetic = token.Text == "+" ? ArithmeticOperator.Add : ArithmeticOperator.Subtract;
            left = new ArithmeticExpression(arithmetic, left, Product()) { At = left.At };
        }

        return left;
    }

    private Expression Product()
    {
        Expression left = Unary();
        while ((Take("*") ?? Take("/")) is { } token)
        {
            ArithmeticOperator arithmetic = token.Text == "*" ? ArithmeticOperator.Multiply : ArithmeticOperator.Divide;
            left = new ArithmeticExpression(arithmetic, left, Unary()) { At = left.At };
        }

        return left;
    }

    private Expression Unary()
    {
        if (Take("-") is not { } token)
        {
            return Fallback();
        }

        Deeper();
        Expression operand = Unary();
        _depth--;
        return new NegativeExpression(operand) { At = new(token.Offset) };
    }

    private Expression Fallback()
    {
        Expression left = Primary();
        while (Take("else") is not null)
        {
            left = new FallbackExpression(left, Primary()) { At = left.At };
        }

        return left;
    }

    private Expression Primary()
    {
        ConditionToken token = Current;
        if (token.Number is not null || token.Kind == TokenKind.Parameter)
        {
            return Number();
        }

        if (Take("(") is not null)
        {
            Expression inner = Or();
            Expect(")");
            return inner;
        }

        if (token.Kind == TokenKind.Quoted)
        {
            return BareMetric();
        }

        if (token.Kind != TokenKind.Name || ConditionLexer.IsKeyword(token.Text))
        {
            throw Unexpected("a number, a function or '('");
        }

        if (TryOver() is { } over)
        {
            return over;
        }

        return _tokens[_next + 1].Is("(") ? Call() : BareMetric();
    }

    /// <summary>A metric without a function is its last value.</summary>
    private MetricFunctionExpression BareMetric()
    {
        SourceOffset at = new(Current.Offset);
        return new MetricFunctionExpression(MetricFunction.Last, Metric(), OptionalWindow()) { At = at };
    }

    private OverExpression? TryOver()
    {
        ConditionToken token = Current;
        OverKind? kind = token.Text switch
        {
            "any" => OverKind.Any,
            "all" => OverKind.All,
            "count" => OverKind.Count,
            "max" => OverKind.Max,
            "min" => OverKind.Min,
            "avg" => OverKind.Avg,
            _ => null,
        };
        if (kind is null || _tokens[_next + 1].Kind != TokenKind.Name)
        {
            return null;
        }

        _next++;
        _ = Take("over");
        ConditionToken name = Current;
        EntityKind? relatives = name.Text switch
        {
            "gpu" => EntityKind.Gpu,
            "copy" => EntityKind.Copy,
            "instance" => EntityKind.Instance,
            "component" => EntityKind.Component,
            _ => null,
        };
        if (relatives is null)
        {
            throw Unexpected("gpu, copy, instance or component");
        }

        _next++;
        Expect("(");
        Expression operand = Or();
        Expect(")");
        return new OverExpression(kind.Value, relatives.Value, operand) { At = new(token.Offset) };
    }

    private void Deeper()
    {
        if (++_depth > MaxDepth)
        {
            throw new ConditionException(Current.Offset, $"nested deeper than {MaxDepth} levels");
        }
    }

    private ConditionToken? Take(string text) => Current.Is(text) ? _tokens[_next++] : null;

    private void Expect(string text)
    {
        if (Take(text) is null)
        {
            throw Unexpected($"'{text}'");
        }
    }

    private ConditionException Unexpected(string expected) => new(Current.Offset, $"expected {expected}, found {Current}");
}
