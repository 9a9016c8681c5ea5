using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules.Evaluation;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>A rule bound to one target and to the windows that it reads. Columns are looked up once, and again when a series appears.</summary>
/// <remarks>
/// Three-valued after Kleene: an operand without data leaves the result open unless the other operand decides alone.
/// The third value remembers what it was; where two meet, an error hides a gap and a gap hides "between the thresholds".
/// True when the raise condition is true; else False when the clear condition is (default: not raise); else open. Not
/// thread-safe: its caller holds the block whose windows it reads.
/// </remarks>
public sealed class BoundRule
{
    private readonly BoundCondition _raise;
    private readonly BoundCondition? _clear;
    private readonly EvaluationScope _scope;
    private readonly bool _isAlone;
    private int _seen = -1;
    private bool _clearSpoke;

    /// <summary>Binds a rule to an entity.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="entity">Whom it is about.</param>
    /// <param name="topology">As of now; another topology needs another binding.</param>
    /// <param name="reader">The windows.</param>
    /// <param name="quality">Answers about quality; null: every quality term has no data.</param>
    /// <param name="baseline">Answers about a series' own past; null: <see cref="RobustBaseline"/>.</param>
    public BoundRule(Rule rule, EntityId entity, TopologyMap topology, ISeriesReader reader, IQualityReader? quality = null, IBaselineReader? baseline = null)
        : this(rule, new RuleTarget(entity), topology, new SeriesIndex(reader), quality, baseline)
    {
    }

    /// <summary>As the other constructor, for one set of labels, and with an index that many rules share.</summary>
    public BoundRule(Rule rule, RuleTarget target, TopologyMap topology, SeriesIndex index, IQualityReader? quality = null, IBaselineReader? baseline = null)
        : this(rule, target, new EvaluationScope(index, topology, quality, baseline)) => _isAlone = true;

    /// <summary>As the others, in a scope that many rules share; who holds it turns it to the instant.</summary>
    public BoundRule(Rule rule, RuleTarget target, EvaluationScope scope)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(scope);
        (Rule, Target, _scope) = (rule, target, scope);
        (_raise, _clear) = RulePrograms.Make(rule, target, scope.Nodes);
        scope.Frame.Fit(scope.Nodes.Size, scope.Nodes.Entities, scope.Nodes.Topology);
    }

    internal BoundRule(Rule rule, RuleTarget target, EvaluationScope scope, BoundCondition raise, BoundCondition? clear) =>
        (Rule, Target, _scope, _raise, _clear) = (rule, target, scope, raise, clear);

    public Rule Rule { get; }

    public RuleTarget Target { get; }

    /// <summary>Decides the rule.</summary>
    /// <param name="now">
    /// The end of the newest whole bucket: a window of length w is made of the buckets that start in [now - w, now).
    /// </param>
    public ConditionResult Evaluate(Timestamp now)
    {
        if (_isAlone)
        {
            _scope.At(now);
        }

        Invariant.Require(_scope.Frame.Now == now);
        if (_seen != _scope.Index.Reader.Series.Count)
        {
            Refresh();
        }

        Truth raise = _raise.Decide(_scope.Frame);
        if (raise == Truth.True || _clear is null)
        {
            _clearSpoke = false;
            return new ConditionResult(raise, this);
        }

        Truth clear = _clear.Decide(_scope.Frame);
        _clearSpoke = clear == Truth.True;
        return new ConditionResult(clear == Truth.True ? Truth.False : ThreeValued.Louder(Open(raise), Open(clear)), this);
    }

    /// <summary>Evidence of the last evaluation, in words and numbers.</summary>
    internal Evidence Explain()
    {
        EvidenceText text = new();
        (_clearSpoke ? _clear! : _raise).Explain(_scope.Frame, text);
        return text.ToEvidence();
    }

    private static Truth Open(Truth truth) => truth is Truth.True or Truth.False ? Truth.Hold : truth;

    private void Refresh()
    {
        SeriesIndex index = _scope.Index;
        index.Update();
        _raise.Refresh(_scope.Frame);
        _clear?.Refresh(_scope.Frame);
        _seen = index.Reader.Series.Count;
    }
}
