using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>From a checked tree to nodes that read columns. Relatives are laid out here, once per topology.</summary>
/// <remarks>
/// What it makes depends on the entities only by their numbers and by how they hang together: not by their names. That is what
/// <see cref="ProgramShape"/> says of a topology, and why endpoints of one shape share nodes.
/// </remarks>
internal sealed class ConditionBinder(NodeTable nodes, LabelSet residual, bool absenceIsMissing)
{
    private readonly TopologyMap _topology = nodes.Topology;
    private readonly TimeSpan _interval = nodes.Interval;

    public BoundCondition Condition(Expression expression, EntityId entity) =>
        nodes.Condition(expression, entity, residual, absenceIsMissing, () => Bind(expression, entity));

    public BoundNumber Number(Expression expression, EntityId entity) =>
        nodes.Number(expression, expression is NumberExpression ? Nobody : entity, residual, () => BindNumber(expression, entity));

    /// <summary>A number as it is written is the same of everybody.</summary>
    private static EntityId Nobody { get; } = EntityId.ForEndpoint("-");

    private BoundCondition Bind(Expression expression, EntityId entity) => expression switch
    {
        LogicalExpression e => new LogicalCondition(nodes.Condition(), e.Operator, Condition(e.Left, entity), Condition(e.Right, entity)),
        NotExpression e => new NotCondition(nodes.Condition(), Condition(e.Operand, entity)),
        ComparisonExpression { Left: QualityExpression { Term: QualityTerm.Quality } quality, Right: NumberExpression x } e => new QualityCondition(
            nodes.Condition(),
            nodes.Decision(),
            nodes.NumberOf(entity),
            new QualityQuestion(e.Operator == ComparisonOperator.Less ? QualityQuestionKind.Below : QualityQuestionKind.Above, quality.Dimension, x.Value)),
        ComparisonExpression e => new ComparisonCondition(nodes.Condition(), e.Operator, Number(e.Left, entity), Number(e.Right, entity)),
        QualityExpression { Term: QualityTerm.Drift } e => new QualityCondition(
            nodes.Condition(), nodes.Decision(), nodes.NumberOf(entity), new QualityQuestion(QualityQuestionKind.Drift, e.Dimension, 0)),
        OverExpression { Kind: OverKind.Any or OverKind.All } e => AnyOrAll(e, Conditions(e, entity)),
        MetricFunctionExpression { Function: MetricFunction.Absent } e => Absent(e, entity),
        ChangedExpression e => new ChangedCondition(
            nodes.Condition(),
            _interval,
            [.. Upwards(entity).Select(up => new BoundSeries(
                nodes.Column(), [nodes.NumberOf(up)], new MetricReference(e.Kind.Metric()), LabelSet.Empty))],
            e),
        SloExpression e => new SloCondition(
            nodes.Condition(), nodes.Spoke(), nodes.Cells(2), _interval, SloTerms(e.Good, entity), SloTerms(e.Total, entity), e),
        _ => throw new InvalidOperationException($"'{expression}' is no condition, which the checker refuses"),
    };

    private BoundNumber BindNumber(Expression expression, EntityId entity) => expression switch
    {
        NumberExpression e => new ConstantNumber(e),
        NegativeExpression e => new NegativeNumber(Number(e.Operand, entity)),
        FallbackExpression e => new FallbackNumber(Number(e.Value, entity), Number(e.Otherwise, entity)),
        ArithmeticExpression e => new ArithmeticNumber(e.Operator, Number(e.Left, entity), Number(e.Right, entity), DimensionOf(e)),
        MetricFunctionExpression e => Metric(e, entity),
        QualityExpression e => new QualityShareNumber(_interval, nodes.NumberOf(entity), e),
        OverExpression { Kind: OverKind.Count } e => Count(e, Conditions(e, entity)),
        OverExpression e => Over(e, [.. _topology.Relatives(entity, e.Relatives).Select(r => (nodes.NumberOf(r), Number(e.Operand, r)))]),
        _ => throw new InvalidOperationException($"'{expression}' is no number, which the checker refuses"),
    };

    private BoundNumber Metric(MetricFunctionExpression call, EntityId entity)
    {
        if (call.Metric.IsAny)
        {
            return new AnyAgeNumber(Any(call.Metric, entity));
        }

        BoundSeries series = Series(call.Metric, entity);
        Dimension dimension = DimensionOf(call);
        bool isHistogram = MetricCatalogue.Default.Describe(call.Metric.First).Kind == MetricKind.Histogram;
        return call.Function switch
        {
            MetricFunction.Baseline or MetricFunction.Usual or MetricFunction.Anomaly => new BaselineNumber(nodes.Cells(), series, call.Function, dimension),
            MetricFunction.Stddev or MetricFunction.Percentile or MetricFunction.Slope or MetricFunction.Trend or MetricFunction.Forecast
                or MetricFunction.Above or MetricFunction.Occurs => new SampleNumber(nodes.Cells(), _interval, series, call, dimension, isHistogram),
            _ => new MetricNumber(nodes.Cells(), _interval, series, call, dimension),
        };
    }

    private AbsentCondition Absent(MetricFunctionExpression call, EntityId entity) => new(
        nodes.Condition(),
        _interval,
        call.Metric.IsAny ? Any(call.Metric, entity) : null,
        call.Metric.IsAny ? null : Series(call.Metric, entity),
        call.Window!.Value,
        absenceIsMissing,
        nodes.NumberOf(entity),
        call.Metric.IsAny ? null : Words.Name(call.Metric.First));

    private OverCondition AnyOrAll(OverExpression e, (int Entity, BoundCondition Condition)[] relatives) =>
        new(nodes.Condition(), nodes.Spoke(), nodes.Parts(relatives.Length), e.Kind, Lower(e.Relatives), relatives);

    private OverNumber Over(OverExpression e, (int Entity, BoundNumber Number)[] relatives) =>
        new(nodes.Parts(relatives.Length), e.Kind, Lower(e.Relatives), relatives);

    private CountNumber Count(OverExpression e, (int Entity, BoundCondition Condition)[] relatives) =>
        new(nodes.Parts(relatives.Length), Lower(e.Relatives), e.Operand.ToString(), relatives);

    private AnySeries Any(MetricReference metric, EntityId entity) =>
        new(nodes.Below(), nodes.NumberOf(Reached(metric.Reach, entity) is [EntityId first, ..] ? first : entity));

    public BoundSeries Series(MetricReference metric, EntityId entity) =>
        nodes.Series(metric, entity, residual, () => new BoundSeries(
            nodes.Column(), [.. Reached(metric.Reach, entity).Select(nodes.NumberOf)], metric, residual));

    private (int Entity, BoundCondition Condition)[] Conditions(OverExpression e, EntityId entity) =>
        [.. _topology.Relatives(entity, e.Relatives).Select(r => (nodes.NumberOf(r), Condition(e.Operand, r)))];

    private SloSeries[] SloTerms(IReadOnlyList<SloTerm> terms, EntityId entity) =>
    [
        .. terms.Select(t => new SloSeries(
            Series(t.Metric, entity),
            t.IsSubtracted ? -1 : 1,
            t.IsSubtracted && MetricCatalogue.Default.Describe(t.Metric.First).Missing == MissingPolicy.Clear)),
    ];

    /// <summary>Where a metric is looked for. The only component of an endpoint also owns what is measured at the endpoint.</summary>
    private IReadOnlyList<EntityId> Reached(Reach reach, EntityId entity)
    {
        if (entity.Kind == EntityKind.Node)
        {
            return [entity];
        }

        EntityId endpoint = EntityId.ForEndpoint(entity.Endpoint);
        switch (reach)
        {
            case Reach.Endpoint:
                return [endpoint];
            case Reach.Instance when entity.Instance is { } instance:
                return [EntityId.ForInstance(entity.Endpoint, instance)];
            case Reach.Instance:
                return PlaceOf(entity) is { } place ? [place] : [];
            default:
                bool isOnly = entity.Kind == EntityKind.Component && _topology.TryGetEndpoint(entity.Endpoint, out EndpointTopology? found)
                    && found.Components.Count == 1;
                return isOnly ? [entity, endpoint] : [entity];
        }
    }

    private EntityId? PlaceOf(EntityId copy) => _topology.TryGetEndpoint(copy.Endpoint, out EndpointTopology? endpoint)
        ? endpoint.Components.SelectMany(c => c.Copies).FirstOrDefault(k => k.Id == copy)?.Instance
        : null;

    private static IEnumerable<EntityId> Upwards(EntityId entity)
    {
        for (EntityId? up = entity; up is not null; up = up.Parent)
        {
            yield return up;
        }
    }

    /// <summary>The unit for showing; the checker has made sure that units fit.</summary>
    private static Dimension DimensionOf(Expression expression) => ConditionChecker.DimensionOf(expression);

    private static string Lower(EntityKind kind) => kind.ToString().ToLowerInvariant();
}
