using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>Two numbers compared, to single precision.</summary>
/// <remarks>
/// Windows keep single precision: what was sent as 0.95 reads back as 0.94999999. Compared as doubles it would be below 95 %,
/// so both sides are brought to the precision of what is measured; then equal means equal as sent.
/// </remarks>
internal sealed class ComparisonCondition(ComparisonOperator comparison, BoundNumber left, BoundNumber right) : BoundCondition
{
    private Reading _left;
    private Reading _right;

    protected override bool LookUp(SeriesIndex index) => left.Refresh(index) | right.Refresh(index);

    protected override bool MustSayTheSame() => left.IsFixed && right.IsFixed;

    public override void Explain(EvidenceText text)
    {
        if (left.IsConstant && right.IsConstant)
        {
            // A switch of the rule's parameters: nothing was measured.
            return;
        }

        if (ThreeValued.IsOpen(Said))
        {
            string reason = Said switch { Truth.Error => "could not be computed", Truth.Missing => "no data for", _ => "undecided:" };
            BoundNumber open = _left.IsKnown ? right : left;
            text.Add($"{reason} {open.Describe(0)}");
            return;
        }

        ComparisonOperator holds = Said == Truth.True ? comparison : Words.Contrary(comparison);
        string threshold = right is ConstantNumber ? left.Format(_right.Value) : right.Describe(_right.Value);
        text.Add($"{left.Describe(_left.Value)}, {Words.Comparison(holds)} {threshold}", _left.Value, _right.Value);
    }

    protected override Truth Compute()
    {
        _left = left.Read();
        _right = right.Read();
        if (!_left.IsKnown || !_right.IsKnown)
        {
            return Reading.Open(_left, _right).State;
        }

        float one = (float)_left.Value;
        float other = (float)_right.Value;
        bool holds = comparison switch
        {
            ComparisonOperator.Greater => one > other,
            ComparisonOperator.GreaterOrEqual => one >= other,
            ComparisonOperator.Less => one < other,
            ComparisonOperator.LessOrEqual => one <= other,
            ComparisonOperator.Equal => one == other,
            _ => one != other,
        };
        return holds ? Truth.True : Truth.False;
    }
}

/// <summary>Two conditions joined. The second is not asked when the first decides alone.</summary>
internal sealed class LogicalCondition(LogicalOperator joint, BoundCondition left, BoundCondition right) : BoundCondition
{
    private readonly Truth _decides = joint == LogicalOperator.And ? Truth.False : Truth.True;
    private BoundCondition? _only;

    protected override bool LookUp(SeriesIndex index)
    {
        bool exists = left.Refresh(index) | right.Refresh(index);

        // What is fixed and leaves the decision to the other need not be asked again.
        Truth neutral = joint == LogicalOperator.And ? Truth.True : Truth.False;
        _only = left.IsFixed && left.Said == neutral ? right : right.IsFixed && right.Said == neutral ? left : null;
        return exists;
    }

    protected override bool MustSayTheSame() => left.IsFixed && (left.Said == _decides || right.IsFixed);

    public override void Explain(EvidenceText text)
    {
        if (Said == _decides)
        {
            (left.Said == _decides ? left : right).Explain(text);
            return;
        }

        // Not decided by one alone: both spoke. Where it is open, only what left it open is of interest.
        if (left.Said == Said || !ThreeValued.IsOpen(Said))
        {
            left.Explain(text);
        }

        if (right.Said == Said || !ThreeValued.IsOpen(Said))
        {
            right.Explain(text);
        }
    }

    protected override Truth Compute()
    {
        if (_only is not null)
        {
            return _only.Decide();
        }

        Truth first = left.Decide();
        if (first == _decides)
        {
            return first;
        }

        Truth second = right.Decide();
        return joint == LogicalOperator.And ? ThreeValued.And(first, second) : ThreeValued.Or(first, second);
    }
}

/// <summary>A condition turned.</summary>
internal sealed class NotCondition(BoundCondition operand) : BoundCondition
{
    protected override bool LookUp(SeriesIndex index) => operand.Refresh(index);

    protected override bool MustSayTheSame() => operand.IsFixed;

    public override void Explain(EvidenceText text) => operand.Explain(text);

    protected override Truth Compute() => ThreeValued.Not(operand.Decide());
}

/// <summary>any and all over relatives. Relatives that have none of the series do not take part; with none left there is no data.</summary>
internal sealed class OverCondition(OverKind kind, string relatives, IReadOnlyList<(string Name, BoundCondition Condition)> children) : BoundCondition
{
    private readonly Truth _decides = kind == OverKind.Any ? Truth.True : Truth.False;
    private readonly bool[] _takesPart = new bool[children.Count];
    private int _spoke = -1;

    protected override bool LookUp(SeriesIndex index)
    {
        bool any = false;
        for (int i = 0; i < children.Count; i++)
        {
            _takesPart[i] = children[i].Condition.Refresh(index);
            any |= _takesPart[i];
        }

        return any;
    }

    protected override bool MustSayTheSame() => Array.TrueForAll(_takesPart, takesPart => !takesPart);

    public override void Explain(EvidenceText text)
    {
        if (_spoke < 0)
        {
            text.Add($"no {relatives} with data");
            return;
        }

        if (Said != _decides && !ThreeValued.IsOpen(Said))
        {
            text.Add($"{(Said == Truth.True ? "every" : "no")} {relatives} meets the condition");
            return;
        }

        string outer = text.Subject;
        text.Subject = children[_spoke].Name;
        children[_spoke].Condition.Explain(text);
        text.Subject = outer;
    }

    protected override Truth Compute()
    {
        Truth result = ThreeValued.Not(_decides);
        _spoke = -1;
        for (int i = 0; i < children.Count; i++)
        {
            if (!_takesPart[i])
            {
                continue;
            }

            Truth truth = children[i].Condition.Decide();
            if (_spoke < 0 || truth == _decides || (ThreeValued.IsOpen(truth) && truth > result))
            {
                _spoke = i;
            }

            if (truth == _decides)
            {
                return truth;
            }

            result = ThreeValued.IsOpen(truth) ? (ThreeValued.IsOpen(result) ? ThreeValued.Louder(result, truth) : truth) : result;
        }

        return _spoke < 0 ? Truth.Missing : result;
    }
}

/// <summary>absent(m[w]). What was never there is not absent: Hold.</summary>
/// <param name="frame">Shared.</param>
/// <param name="any">The series.</param>
/// <param name="single">Or one series.</param>
/// <param name="window">The window.</param>
/// <param name="asMissing">True under the policy noData: the absence itself is told as no data.</param>
/// <param name="name">For people.</param>
internal sealed class AbsentCondition(EvaluationFrame frame, AnySeries? any, BoundSeries? single, WindowLength window, bool asMissing, string name) : BoundCondition
{
    private readonly TimeSpan _window = window.For(frame.Interval);
    private readonly Truth _absent = asMissing ? Truth.Missing : Truth.True;

    protected override bool LookUp(SeriesIndex index) => any?.Refresh(index) ?? single!.Refresh(index);

    protected override bool MustSayTheSame() => !Exists;

    public override void Explain(EvidenceText text) => text.Add(Said switch
    {
        Truth.Hold => $"no data of {name} has been seen yet",
        Truth.False => $"{name} sends data",
        _ => $"no data of {name} for {Durations.Format(_window)}",
    });

    protected override Truth Compute()
    {
        if (!Exists)
        {
            return Truth.Hold;
        }

        bool hasData = any?.HasData(frame, _window) ?? frame.Reader.Aggregate(single!.Column, frame.Now - _window, frame.Newest).Count > 0;
        return hasData ? Truth.False : _absent;
    }

    private bool Exists => any?.Exists ?? single!.Column >= 0;
}

/// <summary>changed(kind, w): an event within the time. No event is no gap: False.</summary>
internal sealed class ChangedCondition(EvaluationFrame frame, IReadOnlyList<BoundSeries> series, ChangedExpression change) : BoundCondition
{
    private readonly TimeSpan _window = change.Within.For(frame.Interval);

    protected override bool LookUp(SeriesIndex index)
    {
        foreach (BoundSeries one in series)
        {
            one.Refresh(index);
        }

        return true;
    }

    protected override bool MustSayTheSame() => series.All(s => s.Column < 0);

    public override void Explain(EvidenceText text)
    {
        string kind = change.Kind.Name();
        text.Add(Said == Truth.True ? $"a change ({kind}) within {change.Within}" : $"no change ({kind}) within {change.Within}");
    }

    protected override Truth Compute()
    {
        for (int i = 0; i < series.Count; i++)
        {
            if (series[i].Column >= 0 && frame.Reader.Aggregate(series[i].Column, frame.Now - _window, frame.Newest) is { Count: > 0, Max: > 0 })
            {
                return Truth.True;
            }
        }

        return Truth.False;
    }
}
