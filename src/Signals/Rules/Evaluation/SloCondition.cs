using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>One counter of an objective.</summary>
/// <param name="Series">Where it is.</param>
/// <param name="Sign">+1 or -1.</param>
/// <param name="CountsZero">True when a gap means that nothing happened: an error count that is taken away.</param>
internal sealed record SloSeries(BoundSeries Series, double Sign, bool CountsZero);

/// <summary>Multi-window burn rate, after the Site Reliability Workbook, chapter 5.</summary>
internal sealed class SloCondition(EvaluationFrame frame, IReadOnlyList<SloSeries> good, IReadOnlyList<SloSeries> total, SloExpression slo) : BoundCondition
{
    private readonly double _budget = 1 - slo.Target.Value;
    private int _spoke;
    private Reading _long;
    private Reading _short;

    protected override bool LookUp(SeriesIndex index)
    {
        bool any = false;
        foreach (SloSeries term in good)
        {
            any |= term.Series.Refresh(index);
        }

        foreach (SloSeries term in total)
        {
            any |= term.Series.Refresh(index);
        }

        return any;
    }

    public override void Explain(EvidenceText text)
    {
        BurnWindow window = slo.Windows[_spoke];
        if (!_long.IsKnown || !_short.IsKnown)
        {
            text.Add($"burn rate of the objective {ConditionPrinter.Number(slo.Target)} unknown over {window}");
            return;
        }

        text.Add(
            $"error budget of {ConditionPrinter.Number(slo.Target)} burns {Words.Digits(_long.Value)} times too fast over {window.Long} and {Words.Digits(_short.Value)} times over {window.Short}, alarm above {Words.Digits(window.Factor)}",
            _long.Value,
            window.Factor);
    }

    protected override Truth Compute()
    {
        Truth result = Truth.False;
        _spoke = 0;
        for (int i = 0; i < slo.Windows.Count; i++)
        {
            BurnWindow window = slo.Windows[i];
            Reading longer = Burn(window.Long.For(frame.Interval));
            Reading shorter = Burn(window.Short.For(frame.Interval));
            Truth truth = ThreeValued.And(Exceeds(longer, window.Factor), Exceeds(shorter, window.Factor));
            if (i == 0 || truth == Truth.True)
            {
                (_spoke, _long, _short) = (i, longer, shorter);
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

    private Reading Burn(TimeSpan window)
    {
        Reading all = Sum(total, window);
        Reading fine = Sum(good, window);
        return !all.IsKnown || !fine.IsKnown ? Reading.Open(all, fine)
            : all.Value <= 0 ? Reading.Missing
            : Reading.Of((1 - (fine.Value / all.Value)) / _budget);
    }

    private Reading Sum(IReadOnlyList<SloSeries> terms, TimeSpan window)
    {
        double sum = 0;
        for (int i = 0; i < terms.Count; i++)
        {
            SloSeries term = terms[i];
            WindowAggregate aggregate = term.Series.Column < 0 ? default : frame.Reader.Aggregate(term.Series.Column, frame.Now - window, frame.Newest);
            if (aggregate.Count == 0 && !term.CountsZero)
            {
                return Reading.Missing;
            }

            sum += aggregate.Count == 0 ? 0 : term.Sign * aggregate.Sum;
        }

        return Reading.Of(sum);
    }
}
