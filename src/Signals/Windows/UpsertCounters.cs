namespace Grainwatch.Signals.Windows;

/// <summary>How many points met which outcome in the life of a block, migrations included.</summary>
public sealed class UpsertCounters
{
    internal const int OutcomeCount = (int)UpsertOutcome.Closed + 1;

    private readonly long[] _counts = new long[OutcomeCount];

    public long this[UpsertOutcome outcome] => _counts[(int)outcome];

    /// <summary>Points that were taken, changed anything or not.</summary>
    public long Accepted => Sum(UpsertOutcome.Stored, UpsertOutcome.TooOld);

    /// <summary>Points that were refused.</summary>
    public long Refused => Sum(UpsertOutcome.TooOld, UpsertOutcome.Closed + 1);

    internal Span<long> Counts => _counts;

    internal UpsertOutcome Count(UpsertOutcome outcome)
    {
        _counts[(int)outcome]++;
        return outcome;
    }

    internal UpsertCounters Copy()
    {
        UpsertCounters copy = new();
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }

    private long Sum(UpsertOutcome from, UpsertOutcome before)
    {
        long sum = 0;
        for (UpsertOutcome outcome = from; outcome < before; outcome++)
        {
            sum += this[outcome];
        }

        return sum;
    }
}
