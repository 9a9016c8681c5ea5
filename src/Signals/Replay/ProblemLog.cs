namespace Grainwatch.Signals.Replay;

/// <summary>Collects problems: the first ones with their text, all of them by count.</summary>
internal sealed class ProblemLog(int capacity)
{
    private readonly List<RecordingProblem> _kept = [];

    public IReadOnlyList<RecordingProblem> Kept => _kept;

    public long Count { get; private set; }

    public void Add(string file, long line, string reason)
    {
        Count++;
        if (_kept.Count < capacity)
        {
            _kept.Add(new RecordingProblem(file, line, reason));
        }
    }

    /// <summary>One more of a kind that is already in the list.</summary>
    public void CountAgain() => Count++;
}
