using System.Collections.Immutable;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Rules.Evaluation;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>Walks a condition and asks every part of it by itself.</summary>
internal sealed class PartExplainer(EvaluationFrame frame, NodeTable nodes, ConditionBinder binder, int partsMax)
{
    private readonly TopologyMap _topology = nodes.Topology;
    private int _parts;

    public bool IsTruncated { get; private set; }

    public ExplainedNode Condition(Expression expression, EntityId entity, bool isRelative = false)
    {
        _parts++;
        BoundCondition bound = binder.Condition(expression, entity);
        Fit();
        bound.Refresh(frame);
        Truth truth = bound.Decide(frame);
        EvidenceText text = new();
        bound.Explain(frame, text);
        Evidence evidence = text.ToEvidence();
        return new ExplainedNode
        {
            Kind = KindOf(expression),
            Expression = ConditionPrinter.Print(expression),
            Truth = truth,
            Text = evidence.Text,
            Entity = isRelative ? _topology.Format(entity) : null,
            Value = Finite(evidence.Value),
            Threshold = Finite(evidence.Threshold),
            N = evidence.N,
            Lower = evidence.Lower,
            Upper = evidence.Upper,
            Parts = Parts(expression, entity),
        };
    }

    private ExplainedNode Number(Expression expression, EntityId entity, bool isRelative = false)
    {
        _parts++;
        BoundNumber bound = binder.Number(expression, entity);
        Fit();
        bound.Refresh(frame);
        Reading reading = bound.Read(frame);
        ExplainedNode node = new()
        {
            Kind = KindOf(expression),
            Expression = ConditionPrinter.Print(expression),
            Truth = reading.State,
            Text = reading.IsKnown ? bound.Describe(frame, reading.Value) : $"no value: {reading.State}",
            Entity = isRelative ? _topology.Format(entity) : null,
            Value = reading.IsKnown ? Finite(reading.Value) : null,
            Parts = Parts(expression, entity),
        };
        return expression is MetricFunctionExpression { Metric.IsAny: false } call ? WithWindow(node, call, entity) : node;
    }

    private ExplainedNode WithWindow(ExplainedNode node, MetricFunctionExpression call, EntityId entity)
    {
        BoundSeries series = binder.Series(call.Metric, entity);
        Fit();
        series.Refresh(frame);
        TimeSpan? window = call.Window?.For(frame.Interval);
        if (series.Column(frame) < 0)
        {
            return node with { Window = window, N = 0 };
        }

        WindowAggregate held = frame.Reader.Aggregate(series.Column(frame), frame.Now - (window ?? WindowLength.StaleAfterOf(frame.Interval)),
            frame.Newest);
        SeriesKey key = frame.Reader.Series[series.Column(frame)];
        return node with
        {
            Window = window,
            N = held.Count,
            Newest = held.Count > 0 ? held.LastTime : null,
            Series = $"{_topology.Format(key.Entity)} {key.Metric.Text}{key.Residual}",
        };
    }

    private void Fit() => frame.Fit(nodes.Size, nodes.Entities, _topology);

    private ImmutableArray<ExplainedNode> Parts(Expression expression, EntityId entity) => expression switch
    {
        LogicalExpression e => [.. Each(e.Left, e.Right).Select(p => Condition(p, entity))],
        NotExpression e => [.. Each(e.Operand).Select(p => Condition(p, entity))],
        ComparisonExpression { Left: QualityExpression { Term: QualityTerm.Quality } } => [],
        ComparisonExpression e => [.. Each(e.Left, e.Right).Select(p => Number(p, entity))],
        ArithmeticExpression e => [.. Each(e.Left, e.Right).Select(p => Number(p, entity))],
        NegativeExpression e => [.. Each(e.Operand).Select(p => Number(p, entity))],
        FallbackExpression e => [.. Each(e.Value, e.Otherwise).Select(p => Number(p, entity))],
        OverExpression e => [.. Relatives(e, entity)],
        _ => [],
    };

    private IEnumerable<ExplainedNode> Relatives(OverExpression over, EntityId entity)
    {
        foreach (EntityId relative in _topology.Relatives(entity, over.Relatives))
        {
            if (IsFull())
            {
                yield break;
            }

            yield return over.Kind is OverKind.Any or OverKind.All or OverKind.Count
                ? Condition(over.Operand, relative, isRelative: true)
                : Number(over.Operand, relative, isRelative: true);
        }
    }

    private IEnumerable<Expression> Each(params Expression[] parts) => parts.Where(_ => !IsFull());

    private bool IsFull()
    {
        IsTruncated |= _parts >= partsMax;
        return _parts >= partsMax;
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string KindOf(Expression expression) => expression switch
    {
        LogicalExpression e => e.Operator == LogicalOperator.And ? "and" : "or",
        NotExpression => "not",
        ComparisonExpression { Left: QualityExpression { Term: QualityTerm.Quality } } => "quality",
        ComparisonExpression => "compare",
        QualityExpression { Term: QualityTerm.Drift } => "drift",
        QualityExpression => "quality",
        OverExpression e => e.Kind.ToString().ToLowerInvariant(),
        MetricFunctionExpression { Function: MetricFunction.Absent } => "absent",
        MetricFunctionExpression => "metric",
        ChangedExpression => "changed",
        SloExpression => "slo",
        ArithmeticExpression => "arithmetic",
        FallbackExpression => "fallback",
        NegativeExpression => "negative",
        _ => "number",
    };
}
