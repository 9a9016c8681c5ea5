using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules.Evaluation;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>Explains rules by the windows that are held: the verdict as the tracker would say it, and every part of the
/// condition.</summary>
/// <remarks>
/// Bound to readers of its own, so that it disturbs nothing that remembers. A part is asked although the decision did not
/// need it. Bounded by <see cref="PartsMax"/> parts.
/// </remarks>
public sealed class RuleExplainer(ISeriesReader reader, TopologyMap topology, IQualityReader? quality, VerdictEpoch epoch)
{
    /// <summary>Parts of one explanation.</summary>
    public const int PartsMax = 500;

    private readonly SeriesIndex _index = new(reader);

    /// <param name="rule">The rule.</param>
    /// <param name="target">Of whom.</param>
    /// <param name="row">The end of a bucket.</param>
    /// <param name="isPresent">True: the row that was judged last, for which the evidence of quality is known.</param>
    /// <param name="isWarming">Whether the windows did not cover a row.</param>
    public RuleExplanation Explain(Rule rule, RuleTarget target, Timestamp row, bool isPresent, Func<Timestamp, bool> isWarming)
    {
        IQualityReader? known = isPresent ? quality : null;
        BoundRule bound = new(rule, target, topology, _index, known, new RobustBaseline(reader));
        VerdictTracker tracker = new(rule.ToPolicy(reader.Interval), target, reader.Interval, epoch);
        Verdict verdict = RuleRetrial.Run(tracker, bound, reader.Interval, row, isWarming);

        EvaluationFrame frame = new(_index, known, new RobustBaseline(reader));
        frame.At(row);
        _index.Update();
        NodeTable nodes = new(topology, reader.Interval);
        ConditionBinder binder = new(nodes, target.Residual, rule.Missing == MissingPolicy.NoData);
        PartExplainer parts = new(frame, nodes, binder, PartsMax);
        ExplainedNode raise = parts.Condition(rule.Raise, target.Entity);
        ExplainedNode? clear = rule.Clear is null ? null : parts.Condition(rule.Clear, target.Entity);
        bool asksForQuality = rule.Survey().UsesQuality;
        return new RuleExplanation(rule, target, verdict, raise, clear, !asksForQuality || known is not null, parts.IsTruncated);
    }
}
