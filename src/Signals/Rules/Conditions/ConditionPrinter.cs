using System.Globalization;
using System.Text;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>
/// Writes a tree in the language it was read from. Reading it again gives an equal tree; the text of a rule that its
/// version is computed of is this one, so that spaces and parentheses change no version.
/// </summary>
public static class ConditionPrinter
{
    private const int OrLevel = 1;
    private const int AndLevel = 2;
    private const int NotLevel = 3;
    private const int ComparisonLevel = 4;
    private const int SumLevel = 5;
    private const int ProductLevel = 6;
    private const int UnaryLevel = 7;
    private const int FallbackLevel = 8;
    private const int PrimaryLevel = 9;

    public static string Print(Expression expression)
    {
        StringBuilder text = new();
        Write(text, expression, 0);
        return text.ToString();
    }

    internal static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Equal => "==",
        _ => "!=",
    };

    internal static string Symbol(ArithmeticOperator arithmetic) => arithmetic switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        _ => "/",
    };

    internal static string Number(NumberExpression number) =>
        number.Amount.ToString("R", CultureInfo.InvariantCulture) + NumberUnits.Text(number.Unit)
        + (number.Per == NumberUnit.None ? "" : "/" + NumberUnits.Text(number.Per));

    private static void Write(StringBuilder text, Expression expression, int outer)
    {
        int level = Level(expression);
        bool parentheses = level < outer;
        text.Append(parentheses ? "(" : "");
        switch (expression)
        {
            case LogicalExpression e:
                Binary(text, e.Left, e.Operator == LogicalOperator.And ? "and" : "or", e.Right, level);
                break;
            case ComparisonExpression e:
                Binary(text, e.Left, Symbol(e.Operator), e.Right, level + 1, level + 1);
                break;
            case ArithmeticExpression e:
                Binary(text, e.Left, Symbol(e.Operator), e.Right, level);
                break;
            case NotExpression e:
                Write(text.Append("not "), e.Operand, level);
                break;
            case NegativeExpression e:
                Write(text.Append('-'), e.Operand, level);
                break;
            case FallbackExpression e:
                Binary(text, e.Value, "else", e.Otherwise, level);
                break;
            case OverExpression e:
                text.Append(Lower(e.Kind)).Append(e.Kind is OverKind.Any or OverKind.All ? " " : " over ").Append(Lower(e.Relatives)).Append(" (");
                Write(text, e.Operand, 0);
                text.Append(')');
                break;
            default:
                text.Append(Leaf(expression));
                break;
        }

        text.Append(parentheses ? ")" : "");
    }

    private static string Leaf(Expression expression) => expression switch
    {
        NumberExpression e => Number(e),
        MetricFunctionExpression e => Call(e),
        QualityExpression e => $"{Lower(e.Term)}({e.Dimension}){Window(e.Window)}",
        ChangedExpression e => $"changed({Lower(e.Kind)}, {e.Within})",
        SloExpression e => $"slo({Sum(e.Good)}, {Sum(e.Total)}, {Number(e.Target)}, windows: {string.Join(" and ", e.Windows)})",
        _ => throw new InvalidOperationException($"no spelling for {expression.GetType().Name}"),
    };

    private static void Binary(StringBuilder text, Expression left, string symbol, Expression right, int leftLevel, int? rightLevel = null)
    {
        Write(text, left, leftLevel);
        text.Append(' ').Append(symbol).Append(' ');
        Write(text, right, rightLevel ?? leftLevel + 1);
    }

    private static string Call(MetricFunctionExpression call)
    {
        string arguments = call.Function == MetricFunction.Percentile ? "" : string.Concat(call.Arguments.Select(a => ", " + Number(a)));
        return $"{FunctionTable.Name(call)}({call.Metric}{Window(call.Window)}{arguments})";
    }

    private static string Sum(IReadOnlyList<SloTerm> terms) =>
        string.Concat(terms.Select((t, i) => (i == 0 ? "" : t.IsSubtracted ? " - " : " + ") + t.Metric));

    private static string Window(WindowLength? window) => window is { } length ? $"[{length}]" : "";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static int Level(Expression expression) => expression switch
    {
        LogicalExpression { Operator: LogicalOperator.Or } => OrLevel,
        LogicalExpression => AndLevel,
        NotExpression => NotLevel,
        ComparisonExpression => ComparisonLevel,
        ArithmeticExpression { Operator: ArithmeticOperator.Add or ArithmeticOperator.Subtract } => SumLevel,
        ArithmeticExpression => ProductLevel,
        NegativeExpression => UnaryLevel,
        FallbackExpression => FallbackLevel,
        _ => PrimaryLevel,
    };
}
