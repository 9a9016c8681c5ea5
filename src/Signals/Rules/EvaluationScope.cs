using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules.Evaluation;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>
/// What the rules of one reader are bound in: the same term of the same entity is bound once and read once an instant,
/// however many rules ask for it. Not thread-safe.
/// </summary>
public sealed class EvaluationScope
{
    private readonly TopologyMap _topology;
    private NodeTable? _nodes;

    /// <param name="index">Finds the series.</param>
    /// <param name="topology">As of now; <see cref="Bind"/> brings another.</param>
    /// <param name="quality">Answers about quality; null: every quality term has no data.</param>
    /// <param name="baseline">Answers about a series' own past; null: <see cref="RobustBaseline"/>.</param>
    public EvaluationScope(SeriesIndex index, TopologyMap topology, IQualityReader? quality = null, IBaselineReader? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        _topology = topology;
        Frame = new EvaluationFrame(index, quality, baseline ?? new RobustBaseline(index.Reader));
    }

    internal SeriesIndex Index => Frame.Index;

    internal EvaluationFrame Frame { get; }

    /// <summary>What <see cref="Bind"/> bound last. Kept for those who share it: it is there for as long as somebody holds it.</summary>
    internal RuleProgram? Program { get; private set; }

    /// <summary>Nodes of rules that are bound one by one.</summary>
    internal NodeTable Nodes => _nodes ??= new NodeTable(_topology, Frame.Interval);

    /// <summary>
    /// Binds rules to targets, in place of what was bound here before. Endpoints whose entities hang together in the same way
    /// share what is made of the rules; what is read and said of each is its own.
    /// </summary>
    /// <param name="rules">The set that the rules are of.</param>
    /// <param name="targets">Rules with those that they are about.</param>
    /// <param name="topology">As of now.</param>
    /// <returns>As many, in the same order.</returns>
    public BoundRule[] Bind(RuleSet rules, IReadOnlyList<(Rule Rule, RuleTarget Target)> targets, TopologyMap topology)
    {
        ArgumentNullException.ThrowIfNull(targets);
        NodeTable nodes = new(topology, Frame.Interval);
        RuleProgram program = Program = RulePrograms.Of(rules).Take(targets, nodes);
        _nodes = null;
        Frame.Clear();
        Frame.Fit(program.Size, [.. nodes.Entities], topology);
        return [.. targets.Select((t, i) => new BoundRule(t.Rule, t.Target, this, program.Conditions[i].Raise, program.Conditions[i].Clear))];
    }

    /// <summary>Forgets what was made: rules bound later share nothing with those that were. The tables take more memory than the
    /// terms.</summary>
    public void Settle() => _nodes?.Forget();

    /// <summary>
    /// Turns to an instant: the end of the newest whole bucket. What the rules say afterwards they say of it, and the windows
    /// must not change meanwhile.
    /// </summary>
    public void At(Timestamp now) => Frame.At(now);
}
