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
    /// <param name="index">Finds the series.</param>
    /// <param name="topology">As of now; see <see cref="Turn(TopologyMap)"/>.</param>
    /// <param name="quality">Answers about quality; null: every quality term has no data.</param>
    /// <param name="baseline">Answers about a series' own past; null: <see cref="RobustBaseline"/>.</param>
    public EvaluationScope(SeriesIndex index, TopologyMap topology, IQualityReader? quality = null, IBaselineReader? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        Index = index;
        Frame = new EvaluationFrame(index.Reader, quality, baseline ?? new RobustBaseline(index.Reader));
        Terms = new TermTable(topology);
    }

    internal SeriesIndex Index { get; }

    internal EvaluationFrame Frame { get; }

    internal TermTable Terms { get; private set; }

    /// <summary>Turns to another topology: rules that are bound from now on see it, those bound before do not.</summary>
    public void Turn(TopologyMap topology) => Terms = new TermTable(topology);

    /// <summary>Forgets what is bound: rules bound later share nothing with those that were. The tables take more memory than the terms.</summary>
    public void Settle() => Turn(Terms.Topology);

    /// <summary>
    /// Turns to an instant: the end of the newest whole bucket. What the rules say afterwards they say of it, and the windows
    /// must not change meanwhile.
    /// </summary>
    public void At(Timestamp now) => Frame.At(now);
}
