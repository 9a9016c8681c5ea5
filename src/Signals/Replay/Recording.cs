using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// What a recording folder holds, in one canonical order, so that the order of the rows in its files does not matter.
/// Read with <see cref="RecordingReader"/>. Immutable.
/// </summary>
public sealed class Recording
{
    private readonly Lazy<string> _hash;

    internal Recording(
        string name,
        TopologyMap topology,
        MetricRows metrics,
        IReadOnlyList<ResponseSample> samples,
        IReadOnlyList<QualityScore> scores,
        IReadOnlyList<RecordingProblem> problems,
        long problemCount)
    {
        Name = name;
        Topology = topology;
        Metrics = metrics;
        Samples = samples;
        Scores = scores;
        Problems = problems;
        ProblemCount = problemCount;
        _hash = new Lazy<string>(() => RecordingHash.Of(this));
    }

    /// <summary>Name of the folder, without its path.</summary>
    public string Name { get; }

    public TopologyMap Topology { get; }

    public MetricRows Metrics { get; }

    /// <summary>Answers, by (time, id).</summary>
    public IReadOnlyList<ResponseSample> Samples { get; }

    /// <summary>Scores given elsewhere, by (time, entity, dimension).</summary>
    public IReadOnlyList<QualityScore> Scores { get; }

    /// <summary>What was left out or decided; at most <see cref="RecordingLimits.Problems"/> of them.</summary>
    public IReadOnlyList<RecordingProblem> Problems { get; }

    /// <summary>How many problems there were, also those that are not kept.</summary>
    public long ProblemCount { get; }

    /// <summary>SHA-256 of the canonical content in lower-case hexadecimal; computed at the first call.</summary>
    public string Hash => _hash.Value;

    /// <summary>Time of the first row, answer or score; null: the recording is empty.</summary>
    public Timestamp? From => Ends(first: true).Select(t => (Timestamp?)t).Min();

    /// <summary>Time of the last row, answer or score; null: the recording is empty.</summary>
    public Timestamp? To => Ends(first: false).Select(t => (Timestamp?)t).Max();

    private IEnumerable<Timestamp> Ends(bool first)
    {
        if (Metrics.Count > 0)
        {
            yield return new Timestamp(Metrics.TimesUnixMs[first ? 0 : ^1]);
        }

        if (Samples.Count > 0)
        {
            yield return Samples[first ? 0 : ^1].Time;
        }

        if (Scores.Count > 0)
        {
            yield return Scores[first ? 0 : ^1].Time;
        }
    }
}
