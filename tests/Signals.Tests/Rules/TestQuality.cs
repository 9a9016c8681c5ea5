using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Rules;

/// <summary>Says the same of every dimension.</summary>
internal sealed class TestQuality(Truth truth, double? share = null) : IQualityReader
{
    private readonly QualityDecision _decision = new(truth, new QualityEstimate(0.91, 0.86, 0.94, 180, 120, 0.02, null), 420, 1000);

    public QualityDecision Below(EntityId entity, string dimension, double threshold) => _decision;

    public QualityDecision Above(EntityId entity, string dimension, double threshold) => _decision;

    public QualityDecision Drift(EntityId entity, string dimension) => _decision;

    public double? UnknownShare(EntityId entity, string dimension, TimeSpan window, Timestamp now) => share;

    public double? Coverage(EntityId entity, string dimension, TimeSpan window, Timestamp now) => share;
}
