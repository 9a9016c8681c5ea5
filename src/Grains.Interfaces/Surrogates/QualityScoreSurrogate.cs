using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How a <see cref="QualityScore"/> crosses a wire.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.quality-score")]
public readonly record struct QualityScoreSurrogate(
    [property: Id(0)] Timestamp Time,
    [property: Id(1)] EntityId Entity,
    [property: Id(2)] string Dimension,
    [property: Id(3)] double? Score,
    [property: Id(4)] double Probability,
    [property: Id(5)] string? Stratum,
    [property: Id(6)] string? Judge);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class QualityScoreConverter : IConverter<QualityScore, QualityScoreSurrogate>
{
    public QualityScore ConvertFromSurrogate(in QualityScoreSurrogate s) => new(s.Time, s.Entity, s.Dimension, s.Score, s.Probability, s.Stratum, s.Judge);

    public QualityScoreSurrogate ConvertToSurrogate(in QualityScore v) => new(v.Time, v.Entity, v.Dimension, v.Score, v.Probability, v.Stratum, v.Judge);
}
