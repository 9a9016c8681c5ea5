using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Quality;

/// <summary>What rules may ask of an entity's quality. All answers are as of the last score taken in.</summary>
public interface IQualityReader
{
    /// <summary><c>quality(d) &lt; x</c>: decided by an e-detector with null hypothesis "at least x".</summary>
    QualityDecision Below(EntityId entity, string dimension, double threshold);

    /// <summary><c>quality(d) &gt; x</c>: decided by an e-detector with null hypothesis "at most x".</summary>
    QualityDecision Above(EntityId entity, string dimension, double threshold);

    /// <summary><c>drift(d)</c>: decided by an e-detector against the frozen reference.</summary>
    QualityDecision Drift(EntityId entity, string dimension);

    /// <summary><c>unknown(d)[w]</c>: share of drawn answers without a score; null: none drawn in the window.</summary>
    double? UnknownShare(EntityId entity, string dimension, TimeSpan window, Timestamp now);

    /// <summary><c>coverage(d)[w]</c>: share of requests with a known score; null: nothing arrived in the window.</summary>
    double? Coverage(EntityId entity, string dimension, TimeSpan window, Timestamp now);
}
