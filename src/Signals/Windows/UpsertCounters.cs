namespace Grainwatch.Signals.Windows;

/// <summary>How many points met which outcome in the life of a block, migrations included.</summary>
public sealed class UpsertCounters
{
    internal const int OutcomeCount = (int)UpsertOutcome.Closed + 1;

    private readonly long[] _counts = new long[OutcomeCount];

    public long this[UpsertOutcome outcome] => _counts[(int)outcome];

    /// <summary>Points that were taken, changed anything or not.</summary>
    public long Accepted
    {
        get
        {
            long sum = 0;
            for (UpsertOutcome outcome = UpsertOutcome.Stored; outcome < UpsertOutcome.TooOld; outcome++)
            {
                sum += this[outcome];
            }

            return sum;
        }
    }

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
}
