using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>Two numbers compared, to single precision.</summary>
/// <remarks>
/// Windows keep single precision: what was sent as 0.95 reads back as 0.94999999. Compared as doubles it would be below 95 %,
/// so both sides are brought to the precision of what is measured; then equal means equal as sent.
/// </remarks>
internal sealed class ComparisonCondition(int place, ComparisonOperator comparison, BoundNumber left, BoundNumber right)
    : BoundCondition(place)
{
    protected override bool LookUp(EvaluationFrame frame) => left.Refresh(frame) | right.Refresh(frame);

    protected override bool MustSayTheSame(EvaluationFrame frame) => left.IsFixed(frame) && right.IsFixed(frame);

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        if (left.IsConstant && right.IsConstant)
        {
            // A switch of the rule's parameters: nothing was measured.
            return;
        }

        Truth said = Said(frame);
        Reading one = left.Read(frame);
        Reading other = right.Read(frame);
        if (ThreeValued.IsOpen(said))
        {
            string reason = said switch { Truth.Error => "could not be computed", Truth.Missing => "no data for", _ => "undecided:" };
            BoundNumber open = one.IsKnown ? right : left;
            text.Add($"{reason} {open.Describe(frame, 0)}");
            return;
        }

        ComparisonOperator holds = said == Truth.True ? comparison : Words.Contrary(comparison);
        string threshold = right is ConstantNumber ? left.Format(other.Value) : right.Describe(frame, other.Value);
        text.Add($"{left.Describe(frame, one.Value)}, {Words.Comparison(holds)} {threshold}", one.Value, other.Value);
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        Reading first = left.Read(frame);
        Reading second = right.Read(frame);
        if (!first.IsKnown || !second.IsKnown)
        {
            return Reading.Open(first, second).State;
        }

        float one = (float)first.Value;
        float other = (float)second.Value;
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
internal sealed class LogicalCondition(int place, LogicalOperator joint, BoundCondition left, BoundCondition right) : BoundCondition(place)
{
    private readonly Truth _decides = joint == LogicalOperator.And ? Truth.False : Truth.True;

    protected override bool LookUp(EvaluationFrame frame) => left.Refresh(frame) | right.Refresh(frame);

    protected override bool MustSayTheSame(EvaluationFrame frame) => left.IsFixed(frame) && (left.Said(frame) == _decides || right.IsFixed(frame));

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        Truth said = Said(frame);
        if (said == _decides)
        {
            (left.Said(frame) == _decides ? left : right).Explain(frame, text);
            return;
        }

        // Not decided by one alone: both spoke. Where it is open, only what left it open is of interest.
        if (left.Said(frame) == said || !ThreeValued.IsOpen(said))
        {
            left.Explain(frame, text);
        }

        if (right.Said(frame) == said || !ThreeValued.IsOpen(said))
        {
            right.Explain(frame, text);
        }
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        Truth first = left.Decide(frame);
        if (first == _decides)
        {
            return first;
        }

        Truth second = right.Decide(frame);
        return joint == LogicalOperator.And ? ThreeValued.And(first, second) : ThreeValued.Or(first, second);
    }
}

/// <summary>A condition turned.</summary>
internal sealed class NotCondition(int place, BoundCondition operand) : BoundCondition(place)
{
    protected override bool LookUp(EvaluationFrame frame) => operand.Refresh(frame);

    protected override bool MustSayTheSame(EvaluationFrame frame) => operand.IsFixed(frame);

    public override void Explain(EvaluationFrame frame, EvidenceText text) => operand.Explain(frame, text);

    protected override Truth Compute(EvaluationFrame frame) => ThreeValued.Not(operand.Decide(frame));
}

/// <summary>any and all over relatives. Relatives that have none of the series do not take part; with none left there is no data.</summary>
/// <param name="place">Its place in the frame.</param>
/// <param name="spoke">The place that says which relative spoke.</param>
/// <param name="parts">The first of the places that say who takes part.</param>
/// <param name="kind">Any or all.</param>
/// <param name="relatives">For people.</param>
/// <param name="children">Each relative, as the frame numbers it, and its condition.</param>
internal sealed class OverCondition(
    int place, int spoke, int parts, OverKind kind, string relatives, (int Entity, BoundCondition Condition)[] children) : BoundCondition(place)
{
    private readonly Truth _decides = kind == OverKind.Any ? Truth.True : Truth.False;

    protected override bool LookUp(EvaluationFrame frame)
    {
        bool any = false;
        for (int i = 0; i < children.Length; i++)
        {
            frame.TakesPart[parts + i] = children[i].Condition.Refresh(frame);
            any |= frame.TakesPart[parts + i];
        }

        return any;
    }

    protected override bool MustSayTheSame(EvaluationFrame frame) => frame.NobodyTakesPart(parts, children.Length);

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        int spoken = frame.Spoke[spoke];
        Truth said = Said(frame);
        if (spoken < 0)
        {
            text.Add($"no {relatives} with data");
            return;
        }

        if (said != _decides && !ThreeValued.IsOpen(said))
        {
            text.Add($"{(said == Truth.True ? "every" : "no")} {relatives} meets the condition");
            return;
        }

        string outer = text.Subject;
        text.Subject = frame.NameOf(children[spoken].Entity);
        children[spoken].Condition.Explain(frame, text);
        text.Subject = outer;
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        Truth result = ThreeValued.Not(_decides);
        int spoken = -1;
        for (int i = 0; i < children.Length; i++)
        {
            if (!frame.TakesPart[parts + i])
            {
                continue;
            }

            Truth truth = children[i].Condition.Decide(frame);
            if (spoken < 0 || truth == _decides || (ThreeValued.IsOpen(truth) && truth > result))
            {
                spoken = i;
            }

            if (truth == _decides)
            {
                frame.Spoke[spoke] = spoken;
                return truth;
            }

            result = ThreeValued.IsOpen(truth) ? (ThreeValued.IsOpen(result) ? ThreeValued.Louder(result, truth) : truth) : result;
        }

        frame.Spoke[spoke] = spoken;
        return spoken < 0 ? Truth.Missing : result;
    }
}

/// <summary>absent(m[w]). What was never there is not absent: Hold.</summary>
/// <param name="place">Its place in the frame.</param>
/// <param name="interval">Length of a bucket.</param>
/// <param name="any">The series.</param>
/// <param name="single">Or one series.</param>
/// <param name="window">The window.</param>
/// <param name="asMissing">True under the policy noData: the absence itself is told as no data.</param>
/// <param name="entity">Of whom, as the frame numbers it.</param>
/// <param name="metric">Of what, for people; null: of anything.</param>
internal sealed class AbsentCondition(
    int place, TimeSpan interval, AnySeries? any, BoundSeries? single, WindowLength window, bool asMissing, int entity, string? metric)
        : BoundCondition(place)
{
    private readonly TimeSpan _window = window.For(interval);
    private readonly Truth _absent = asMissing ? Truth.Missing : Truth.True;

    protected override bool LookUp(EvaluationFrame frame) => any?.Refresh(frame) ?? single!.Refresh(frame);

    protected override bool MustSayTheSame(EvaluationFrame frame) => !Exists(frame);

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        string name = metric ?? frame.NameOf(entity);
        text.Add(Said(frame) switch
        {
            Truth.Hold => $"no data of {name} has been seen yet",
            Truth.False => $"{name} sends data",
            _ => $"no data of {name} for {Durations.Format(_window)}",
        });
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        if (!Exists(frame))
        {
            return Truth.Hold;
        }

        bool hasData = any?.HasData(frame, _window) ?? frame.Reader.Aggregate(single!.Column(frame), frame.Now - _window, frame.Newest).Count > 0;
        return hasData ? Truth.False : _absent;
    }

    private bool Exists(EvaluationFrame frame) => any?.Exists(frame) ?? single!.Column(frame) >= 0;
}

/// <summary>changed(kind, w): an event within the time. No event is no gap: False.</summary>
internal sealed class ChangedCondition(int place, TimeSpan interval, BoundSeries[] series, ChangedExpression change) : BoundCondition(place)
{
    private readonly TimeSpan _window = change.Within.For(interval);

    protected override bool LookUp(EvaluationFrame frame)
    {
        foreach (BoundSeries one in series)
        {
            one.Refresh(frame);
        }

        return true;
    }

    protected override bool MustSayTheSame(EvaluationFrame frame) => series.All(s => s.Column(frame) < 0);

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        string kind = change.Kind.Name();
        text.Add(Said(frame) == Truth.True ? $"a change ({kind}) within {change.Within}" : $"no change ({kind}) within {change.Within}");
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        foreach (BoundSeries one in series)
        {
            if (one.Column(frame) >= 0 && frame.Reader.Aggregate(one.Column(frame), frame.Now - _window, frame.Newest) is { Count: > 0, Max: > 0 })
            {
                return Truth.True;
            }
        }

        return Truth.False;
    }
}
