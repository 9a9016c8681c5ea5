using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>Decides a rule again over the windows that are held, row after row, as if it had been there.</summary>
/// <remarks>
/// What a rule says of quality is not kept by time: such a rule is asked for the last row alone. A window that reaches back
/// beyond what is held is judged by what there is.
/// </remarks>
public static class RuleRetrial
{
    /// <summary>The first row that a hold of the rule may rest on.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="interval">Length of a bucket.</param>
    /// <param name="row">The last row.</param>
    public static Timestamp First(Rule rule, TimeSpan interval, Timestamp row)
    {
        if (rule.Survey().UsesQuality)
        {
            return row;
        }

        TimeSpan hold = rule.OfLast * interval > rule.For ? rule.OfLast * interval : rule.For;
        return row - (interval * Math.Min(WindowBlock.RetainedRows - 1, (int)Math.Min(hold / interval, WindowBlock.RetainedRows) + 1));
    }

    /// <summary>Has a new tracker hear every row up to the last.</summary>
    /// <param name="tracker">That has heard nothing yet.</param>
    /// <param name="rule">Bound to readers of its own, since what a baseline remembers belongs to the present.</param>
    /// <param name="interval">Length of a bucket.</param>
    /// <param name="row">The last row.</param>
    /// <param name="isWarming">Whether the windows did not cover a row.</param>
    /// <returns>The verdict of the last row.</returns>
    public static Verdict Run(VerdictTracker tracker, BoundRule rule, TimeSpan interval, Timestamp row, Func<Timestamp, bool> isWarming)
    {
        for (Timestamp at = First(rule.Rule, interval, row); at < row; at += interval)
        {
            tracker.Observe(rule.Evaluate(at), at, isWarming(at));
        }

        return tracker.Decide(rule.Evaluate(row), row, isWarming(row));
    }
}
