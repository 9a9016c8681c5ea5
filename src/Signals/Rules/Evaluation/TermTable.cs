using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The terms that are bound already, by what they say and of whom.</summary>
internal sealed class TermTable(TopologyMap topology)
{
    private readonly Dictionary<Term, BoundNumber> _numbers = [];
    private readonly Dictionary<(Term Term, bool AbsenceIsMissing), BoundCondition> _conditions = [];
    private readonly Dictionary<(MetricReference Metric, EntityId Entity, LabelSet Residual), BoundSeries> _series = [];

    public TopologyMap Topology { get; } = topology;

    public BoundNumber Number(Expression expression, EntityId entity, LabelSet residual, Func<BoundNumber> bind)
    {
        Term term = new(expression, entity, residual);
        return _numbers.TryGetValue(term, out BoundNumber? number) ? number : _numbers[term] = bind();
    }

    public BoundCondition Condition(Expression expression, EntityId entity, LabelSet residual, bool absenceIsMissing, Func<BoundCondition> bind)
    {
        (Term, bool) term = (new Term(expression, entity, residual), absenceIsMissing);
        return _conditions.TryGetValue(term, out BoundCondition? condition) ? condition : _conditions[term] = bind();
    }

    public BoundSeries Series(MetricReference metric, EntityId entity, LabelSet residual, Func<BoundSeries> bind) =>
        _series.TryGetValue((metric, entity, residual), out BoundSeries? series) ? series : _series[(metric, entity, residual)] = bind();

    private readonly record struct Term(Expression Expression, EntityId Entity, LabelSet Residual);
}
