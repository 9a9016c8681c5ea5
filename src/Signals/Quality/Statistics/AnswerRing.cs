namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>The last so many drawn answers of one stream.</summary>
public sealed class AnswerRing(int capacity)
{
    private const int CapacityFirst = 16;

    private DrawnAnswer[] _answers = new DrawnAnswer[Math.Min(capacity, CapacityFirst)];
    private int _next;
    private int _unknown;

    public int Count { get; private set; }

    /// <summary>Share of the held answers without a score, each counted once; 0 for none.</summary>
    public double UnknownShare => Count == 0 ? 0 : (double)_unknown / Count;

    /// <summary>The least probability of the held answers; 0 for none.</summary>
    public double ProbabilityLeast
    {
        get
        {
            double least = Count == 0 ? 0 : 1;
            for (int i = 0; i < Count; i++)
            {
                least = Math.Min(least, At(i).Probability);
            }

            return least;
        }
    }

    public void Add(in DrawnAnswer answer)
    {
        if (Count == _answers.Length && Count < capacity)
        {
            DrawnAnswer[] larger = new DrawnAnswer[Math.Min(capacity, Count * 2)];
            Save().CopyTo(larger, 0);
            _answers = larger;
            _next = Count;
        }

        if (Count == _answers.Length)
        {
            _unknown -= _answers[_next].Score is null ? 1 : 0;
        }
        else
        {
            Count++;
        }

        _unknown += answer.Score is null ? 1 : 0;
        _answers[_next] = answer;
        _next = (_next + 1) % _answers.Length;
    }

    /// <summary>What the held answers say together.</summary>
    public QualityEstimate Estimate()
    {
        WeightedEstimate estimate = default;
        Timestamp? newest = null;
        for (int i = 0; i < Count; i++)
        {
            ref DrawnAnswer answer = ref At(i);
            estimate.Add(answer.Score, answer.Probability);
            newest = newest is Timestamp t ? Timestamp.Max(t, answer.Time) : answer.Time;
        }

        return estimate.ToEstimate(newest);
    }

    /// <summary>The held answers in the order in which they came.</summary>
    public DrawnAnswer[] Save()
    {
        DrawnAnswer[] all = new DrawnAnswer[Count];
        for (int i = 0; i < Count; i++)
        {
            all[i] = At(i);
        }

        return all;
    }

    public void Restore(IReadOnlyList<DrawnAnswer> answers)
    {
        Invariant.Require(Count == 0);
        foreach (DrawnAnswer answer in answers)
        {
            Add(answer);
        }
    }

    private ref DrawnAnswer At(int age)
    {
        int oldest = Count < _answers.Length ? 0 : _next;
        return ref _answers[(oldest + age) % _answers.Length];
    }
}
