using System.Collections.Immutable;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>What one lineage of states was told of each series: kept apart from the states, written and lost with them.</summary>
internal sealed record Shadow(ImmutableDictionary<string, Shadow.Series> All)
{
    public static Shadow Empty { get; } = new(ImmutableDictionary<string, Series>.Empty);

    public Series Of(string rule) => All.GetValueOrDefault(rule, Series.None);

    /// <param name="verdict">What was said.</param>
    /// <param name="isBelieved">False: the speaker's windows are not full.</param>
    /// <param name="isAgain">True: a new condition decides again what the old one had decided up to the same instant.</param>
    public Shadow Hear(Verdict verdict, bool isBelieved, bool isAgain = false)
    {
        Series series = Of(verdict.RuleId);
        bool isOutdated = isAgain ? series.LastAsOf > verdict.AsOf : series.LastAsOf >= verdict.AsOf;
        if (isOutdated || (series.LastAsOf is not null && verdict.Epoch < series.Epoch))
        {
            return this;
        }

        Truth truth = !isBelieved && verdict.Truth is Truth.False or Truth.Missing && !isBelieved ? Truth.Hold : verdict.Truth;
        return new Shadow(All.SetItem(verdict.RuleId, series with
        {
            LastAsOf = verdict.AsOf,
            LastTruth = truth,
            Epoch = verdict.Epoch,
            LastTrue = truth == Truth.True ? verdict.AsOf : series.LastTrue,
            LastFalse = truth == Truth.False ? verdict.AsOf : series.LastFalse,
        }));
    }

    public Shadow Forget(string rule) => new(All.SetItem(rule, Of(rule) with { LastFalse = null, LastTrue = null }));

    internal sealed record Series(Timestamp? LastAsOf, Truth? LastTruth, Timestamp? LastTrue, Timestamp? LastFalse, VerdictEpoch Epoch)
    {
        public static Series None { get; } = new(null, null, null, null, VerdictEpoch.Single);
    }
}
