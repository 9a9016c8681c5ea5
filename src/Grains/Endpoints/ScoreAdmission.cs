using Grainwatch.Signals.Quality;

namespace Grainwatch.Grains.Endpoints;

/// <summary>
/// Bounds how many streams of scores an endpoint has: names of dimensions and components come from outside. What is known
/// goes on; a new stream beyond the bound is refused.
/// </summary>
internal sealed class ScoreAdmission
{
    /// <summary>Pairs of an entity and a dimension.</summary>
    public const int MaxStreams = 4096;

    private readonly HashSet<(string Entity, string Dimension)> _streams = [];

    /// <summary>True when the score belongs to a stream that there is, or may be.</summary>
    public bool Admit(QualityScore score)
    {
        (string, string) stream = (score.Entity.Key, score.Dimension);
        return _streams.Contains(stream) || (_streams.Count < MaxStreams && _streams.Add(stream));
    }
}
