using Grainwatch.Signals.WhatIf;

namespace Grainwatch.Grains.WhatIf;

/// <summary>
/// Where a silo tries rules: beside the turns of its grains, a few at a time, so that the judging of life is not held up.
/// </summary>
public sealed class TrialDesk(TimeProvider time) : IDisposable
{
    /// <summary>Trials that run at the same time in one silo; others wait.</summary>
    public const int ParallelMax = 2;

    /// <summary>How long one trial may take, waiting included.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _slots = new(ParallelMax);

    /// <exception cref="OperationCanceledException">The desk was busy for all of its patience.</exception>
    public async Task<T> RunAsync<T>(Func<TrialBudget, T> work)
    {
        using CancellationTokenSource deadline = new(Patience, time);
        await _slots.WaitAsync(deadline.Token);
        try
        {
            TrialBudget budget = new(TrialBudget.EvaluationsMax, deadline.Token);
            return await Task.Run(() => work(budget), CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
