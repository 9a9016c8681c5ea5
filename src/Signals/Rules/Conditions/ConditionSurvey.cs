using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What a condition looks at: its metrics, its quality questions, its longest window.</summary>
public sealed class ConditionSurvey
{
    private readonly List<MetricReference> _metrics = [];
    private readonly List<QualityQuestion> _questions = [];

    private ConditionSurvey()
    {
    }

    /// <summary>Every metric that is named, in order, repeats included.</summary>
    public IReadOnlyList<MetricReference> Metrics => _metrics;

    /// <summary>The detectors that must run, each once.</summary>
    public IReadOnlyList<QualityQuestion> Questions => _questions;

    /// <summary>The longest window; zero when only last values are looked at.</summary>
    public TimeSpan LongestWindow { get; private set; }

    /// <summary>True when a series' own past is compared with (baseline, usual, anomaly).</summary>
    public bool UsesBaseline { get; private set; }

    /// <summary>True when quality is asked for in any way.</summary>
    public bool UsesQuality { get; private set; }

    public static ConditionSurvey Of(params IEnumerable<Expression?> conditions)
    {
        ConditionSurvey survey = new();
        foreach (Expression condition in conditions.OfType<Expression>())
        {
            survey.Visit(condition);
        }

        return survey;
    }

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case LogicalExpression e:
                Visit(e.Left);
                Visit(e.Right);
                break;
            case NotExpression e:
                Visit(e.Operand);
                break;
            case ComparisonExpression { Left: QualityExpression { Term: QualityTerm.Quality } quality, Right: NumberExpression number } e:
                UsesQuality = true;
                Ask(new QualityQuestion(e.Operator == ComparisonOperator.Less ? QualityQuestionKind.Below : QualityQuestionKind.Above, quality.Dimension, number.Value));
                break;
            case ComparisonExpression e:
                Visit(e.Left);
                Visit(e.Right);
                break;
            case ArithmeticExpression e:
                Visit(e.Left);
                Visit(e.Right);
                break;
            case NegativeExpression e:
                Visit(e.Operand);
                break;
            case FallbackExpression e:
                Visit(e.Value);
                Visit(e.Otherwise);
                break;
            case OverExpression e:
                Visit(e.Operand);
                break;
            case QualityExpression e:
                UsesQuality = true;
                Covers(e.Window);
                if (e.Term == QualityTerm.Drift)
                {
                    Ask(new QualityQuestion(QualityQuestionKind.Drift, e.Dimension, 0));
                }

                break;
            case MetricFunctionExpression e:
                _metrics.Add(e.Metric);
                Covers(e.Window);
                UsesBaseline |= e.Function is MetricFunction.Baseline or MetricFunction.Usual or MetricFunction.Anomaly;
                break;
            case SloExpression e:
                _metrics.AddRange(e.Good.Concat(e.Total).Select(t => t.Metric));
                foreach (BurnWindow window in e.Windows)
                {
                    Covers(window.Long);
                }

                break;
            default:
                break;
        }
    }

    private void Ask(QualityQuestion question)
    {
        if (!_questions.Contains(question))
        {
            _questions.Add(question);
        }
    }

    private void Covers(WindowLength? window)
    {
        if (window is { } length && length.Span > LongestWindow)
        {
            LongestWindow = length.Span;
        }
    }
}
