using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>One counter of an objective.</summary>
/// <param name="Series">Where it is.</param>
/// <param name="Sign">+1 or -1.</param>
/// <param name="CountsZero">True when a gap means that nothing happened: an error count that is taken away.</param>
internal sealed record SloSeries(BoundSeries Series, double Sign, bool CountsZero);

/// <summary>Multi-window burn rate, after the Site Reliability Workbook, chapter 5.</summary>
/// <param name="place">Its place in the frame.</param>
/// <param name="spoke">The place that says which pair of windows spoke.</param>
/// <param name="cell">The first of two places: what its long window read, and its short one.</param>
/// <param name="interval">Length of a bucket.</param>
/// <param name="good">The good events.</param>
/// <param name="total">All events.</param>
/// <param name="slo">As it is written.</param>
internal sealed class SloCondition(
    int place, int spoke, int cell, TimeSpan interval, SloSeries[] good, SloSeries[] total, SloExpression slo) : BoundCondition(place)
{
    private readonly double _budget = 1 - slo.Target.Value;

    protected override bool LookUp(EvaluationFrame frame)
    {
        bool any = false;
        foreach (SloSeries term in good)
        {
            any |= term.Series.Refresh(frame);
        }

        foreach (SloSeries term in total)
        {
            any |= term.Series.Refresh(frame);
        }

        return any;
    }

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        BurnWindow window = slo.Windows[Math.Max(0, frame.Spoke[spoke])];
        Reading longer = frame.Cells[cell].Reading;
        Reading shorter = frame.Cells[cell + 1].Reading;
        if (!longer.IsKnown || !shorter.IsKnown)
        {
            text.Add($"burn rate of the objective {ConditionPrinter.Number(slo.Target)} unknown over {window}");
            return;
        }

        text.Add(
            $"error budget of {ConditionPrinter.Number(slo.Target)} burns {Words.Digits(longer.Value)} times too fast over {window.Long} and {Words.Digits(shorter.Value)} times over {window.Short}, alarm above {Words.Digits(window.Factor)}",
            longer.Value,
            window.Factor);
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        Truth result = Truth.False;
        for (int i = 0; i < slo.Windows.Count; i++)
        {
            BurnWindow window = slo.Windows[i];
            Reading longer = Burn(frame, window.Long.For(interval));
            Reading shorter = Burn(frame, window.Short.For(interval));
            Truth truth = ThreeValued.And(Exceeds(longer, window.Factor), Exceeds(shorter, window.Factor));
            if (i == 0 || truth == Truth.True)
            {
                frame.Spoke[spoke] = i;
                frame.Cells[cell] = new ReadingCell(longer, frame.Turn);
                frame.Cells[cell + 1] = new ReadingCell(shorter, frame.Turn);
            }

            result = ThreeValued.Or(result, truth);
            if (truth == Truth.True)
            {
                return truth;
            }
        }

        return result;
    }

    private static Truth Exceeds(Reading burn, double factor) => !burn.IsKnown ? burn.State : burn.Value > factor ? Truth.True : Truth.False;

    private Reading Burn(EvaluationFrame frame, TimeSpan window)
    {
        Reading all = Sum(frame, total, window);
        Reading fine = Sum(frame, good, window);
        return !all.IsKnown || !fine.IsKnown ? Reading.Open(all, fine)
            : all.Value <= 0 ? Reading.Missing
            : Reading.Of((1 - (fine.Value / all.Value)) / _budget);
    }

    private static Reading Sum(EvaluationFrame frame, SloSeries[] terms, TimeSpan window)
    {
        double sum = 0;
        foreach (SloSeries term in terms)
        {
            int column = term.Series.Column(frame);
            WindowAggregate aggregate = column < 0 ? default : frame.Reader.Aggregate(column, frame.Now - window, frame.Newest);
            if (aggregate.Count == 0 && !term.CountsZero)
            {
                return Reading.Missing;
            }

            sum += aggregate.Count == 0 ? 0 : term.Sign * aggregate.Sum;
        }

        return Reading.Of(sum);
    }
}
