using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The nodes that are made already, by what they say and of whom, and the places in a frame that they were given.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<Term, BoundNumber> _numbers = [];
    private readonly Dictionary<(Term Term, bool AbsenceIsMissing), BoundCondition> _conditions = [];
    private readonly Dictionary<(MetricReference Metric, EntityId Entity, LabelSet Residual), BoundSeries> _series = [];
    private readonly Dictionary<EntityId, int> _ordinals = [];
    private readonly List<EntityId> _entities = [];
    private FrameSize _size;

    /// <param name="topology">As of now.</param>
    /// <param name="interval">Length of a bucket.</param>
    public NodeTable(TopologyMap topology, TimeSpan interval)
    {
        (Topology, Interval) = (topology, interval);
        foreach (EntityId entity in topology.Entities)
        {
            for (EntityId? up = entity; up is not null; up = up.Parent)
            {
                NumberOf(up);
            }
        }
    }

    public TopologyMap Topology { get; }

    public TimeSpan Interval { get; }

    /// <summary>By number: what exists, with all above it, and whoever else was asked for.</summary>
    public IReadOnlyList<EntityId> Entities => _entities;

    /// <summary>Room that the nodes need in a frame.</summary>
    public FrameSize Size => _size;

    /// <summary>The number under which a frame knows an entity.</summary>
    public int NumberOf(EntityId entity)
    {
        if (!_ordinals.TryGetValue(entity, out int number))
        {
            _ordinals[entity] = number = _entities.Count;
            _entities.Add(entity);
        }

        return number;
    }

    public BoundNumber Number(Expression expression, EntityId entity, LabelSet residual, Func<BoundNumber> make)
    {
        Term term = new(expression, entity, residual);
        return _numbers.TryGetValue(term, out BoundNumber? number) ? number : _numbers[term] = make();
    }

    public BoundCondition Condition(Expression expression, EntityId entity, LabelSet residual, bool absenceIsMissing, Func<BoundCondition> make)
    {
        (Term, bool) term = (new Term(expression, entity, residual), absenceIsMissing);
        return _conditions.TryGetValue(term, out BoundCondition? condition) ? condition : _conditions[term] = make();
    }

    public BoundSeries Series(MetricReference metric, EntityId entity, LabelSet residual, Func<BoundSeries> make) =>
        _series.TryGetValue((metric, entity, residual), out BoundSeries? series) ? series : _series[(metric, entity, residual)] = make();

    /// <summary>Forgets the nodes: those made later share nothing with those that were. The tables take more memory than the nodes.</summary>
    public void Forget()
    {
        _numbers.Clear();
        _conditions.Clear();
        _series.Clear();
        _numbers.TrimExcess();
        _conditions.TrimExcess();
        _series.TrimExcess();
    }

    public int Cells(int count = 1) => (_size = _size with { Cells = _size.Cells + count }).Cells - count;

    public int Condition() => _size.Conditions++;

    public int Column() => _size.Columns++;

    public int Parts(int count) => (_size = _size with { Parts = _size.Parts + count }).Parts - count;

    public int Spoke() => _size.Spoke++;

    public int Below() => _size.Below++;

    public int Decision() => _size.Decisions++;

    private readonly record struct Term(Expression Expression, EntityId Entity, LabelSet Residual);
}
