namespace Grainwatch.Signals.WhatIf;

/// <summary>How much a trial may do. Shared by all rules of one endpoint; what is used up is named in the outcome.</summary>
/// <param name="evaluations">Evaluations of a rule for an entity at a row.</param>
/// <param name="deadline">Cancelled: the time is used up.</param>
public sealed class TrialBudget(long evaluations, CancellationToken deadline)
{
    /// <summary>Evaluations of one endpoint: a few seconds of one core.</summary>
    public const long EvaluationsMax = 2_000_000;

    private long _left = evaluations;

    /// <summary>Takes the evaluations of one row out.</summary>
    /// <returns>Why not; null: go on.</returns>
    public TrialRefusal? Take(int count)
    {
        if (deadline.IsCancellationRequested)
        {
            return TrialRefusal.TooLate;
        }

        if (_left < count)
        {
            return TrialRefusal.TooMuchWork;
        }

        _left -= count;
        return null;
    }
}
