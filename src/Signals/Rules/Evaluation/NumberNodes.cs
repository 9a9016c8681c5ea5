using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A number as it is written.</summary>
internal sealed class ConstantNumber(NumberExpression number) : BoundNumber
{
    private readonly Reading _reading = Reading.Of(number.Value);

    public override bool IsConstant => true;

    public override Reading Read(EvaluationFrame frame) => _reading;

    public override string Describe(EvaluationFrame frame, double value) => Format(value);

    public override string Format(double value) => Words.Value(value, number.Dimension);
}

/// <summary>Two numbers made one.</summary>
internal sealed class ArithmeticNumber(ArithmeticOperator arithmetic, BoundNumber left, BoundNumber right, Dimension dimension) : BoundNumber
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override bool IsFixed(EvaluationFrame frame) => left.IsFixed(frame) && right.IsFixed(frame);

    public override Reading Read(EvaluationFrame frame)
    {
        Reading a = left.Read(frame);
        Reading b = right.Read(frame);
        if (!a.IsKnown || !b.IsKnown)
        {
            return Reading.Open(a, b);
        }

        return arithmetic switch
        {
            ArithmeticOperator.Add => Reading.Of(a.Value + b.Value),
            ArithmeticOperator.Subtract => Reading.Of(a.Value - b.Value),
            ArithmeticOperator.Multiply => Reading.Of(a.Value * b.Value),
            _ => b.Value == 0 ? Reading.Missing : Reading.Of(a.Value / b.Value),
        };
    }

    public override bool Refresh(EvaluationFrame frame) => left.Refresh(frame) | right.Refresh(frame);

    /// <summary>The terms in words, and what they make.</summary>
    public override string Describe(EvaluationFrame frame, double value) =>
        IsFactorOne(frame) ? right.Describe(frame, right.Read(frame).Value) : $"{Terms(frame)} makes {Format(value)}";

    /// <summary>A parameter that was left at one changes nothing, and is not spoken of.</summary>
    private bool IsFactorOne(EvaluationFrame frame) =>
        arithmetic == ArithmeticOperator.Multiply && left.IsConstant && left.Read(frame).Value == 1;

    private string Terms(EvaluationFrame frame)
    {
        string joint = arithmetic switch
        {
            ArithmeticOperator.Add => "plus",
            ArithmeticOperator.Subtract => "minus",
            ArithmeticOperator.Multiply => "times",
            _ => "divided by",
        };
        string last = right is ArithmeticNumber && !right.IsConstant ? $"({Term(frame, right)})" : Term(frame, right);
        return $"{Term(frame, left)} {joint} {last}";
    }

    private static string Term(EvaluationFrame frame, BoundNumber number)
    {
        double value = number.Read(frame).Value;
        return number.IsConstant ? number.Format(value) : number is ArithmeticNumber inner ? inner.Terms(frame) : number.Describe(frame, value);
    }

    public override string Format(double value) => Words.Value(value, dimension);
}

/// <summary>A number with its sign turned.</summary>
internal sealed class NegativeNumber(BoundNumber operand) : BoundNumber
{
    public override Reading Read(EvaluationFrame frame)
    {
        Reading reading = operand.Read(frame);
        return reading with { Value = -reading.Value };
    }

    public override bool IsConstant => operand.IsConstant;

    public override bool IsFixed(EvaluationFrame frame) => operand.IsFixed(frame);

    public override bool Refresh(EvaluationFrame frame) => operand.Refresh(frame);

    public override string Describe(EvaluationFrame frame, double value) => "minus " + operand.Describe(frame, -value);

    public override string Format(double value) => operand.Format(value);
}

/// <summary>A number that stands in where another has no data.</summary>
internal sealed class FallbackNumber(BoundNumber value, BoundNumber otherwise) : BoundNumber
{
    public override bool IsFixed(EvaluationFrame frame) => value.IsFixed(frame) && otherwise.IsFixed(frame);

    public override Reading Read(EvaluationFrame frame)
    {
        Reading reading = value.Read(frame);
        return StandsIn(reading) ? otherwise.Read(frame) : reading;
    }

    // Both must be asked: the second may appear while the first is there.
    public override bool Refresh(EvaluationFrame frame) => value.Refresh(frame) | otherwise.Refresh(frame);

    public override string Describe(EvaluationFrame frame, double number)
    {
        bool stoodIn = StandsIn(value.Read(frame));
        return stoodIn && otherwise.IsConstant
            ? $"{value.Describe(frame, number)} (no data)"
            : (stoodIn ? otherwise : value).Describe(frame, number);
    }

    private static bool StandsIn(Reading reading) => reading.State is Truth.Missing or Truth.Hold;

    public override string Format(double number) => value.Format(number);
}

/// <summary>unknown(d)[w] and coverage(d)[w].</summary>
internal sealed class QualityShareNumber(TimeSpan interval, int entity, QualityExpression term) : BoundNumber
{
    private readonly TimeSpan _window = term.Window!.Value.For(interval);

    public override Reading Read(EvaluationFrame frame) => frame.Quality is not { } quality ? Reading.Missing : Reading.Of(term.Term == QualityTerm.Unknown
        ? quality.UnknownShare(frame.Entities[entity], term.Dimension, _window, frame.Now)
        : quality.Coverage(frame.Entities[entity], term.Dimension, _window, frame.Now));

    public override bool Refresh(EvaluationFrame frame) => true;

    public override string Describe(EvaluationFrame frame, double value) => term.Term == QualityTerm.Unknown
        ? $"{term.Dimension} unknown for {Format(value)} of the drawn answers over {term.Window}"
        : $"{term.Dimension} known for {Format(value)} of the requests over {term.Window}";

    public override string Format(double value) => Words.Value(value, new Dimension(Metrics.MetricUnit.Ratio));
}

/// <summary>count, max, min and avg over relatives. Relatives that have none of the series do not take part.</summary>
/// <param name="parts">The first of the places in the frame that say who takes part.</param>
/// <param name="kind">Max, min or avg.</param>
/// <param name="relatives">For people.</param>
/// <param name="children">Each relative, as the frame numbers it, and its number.</param>
internal sealed class OverNumber(int parts, OverKind kind, string relatives, (int Entity, BoundNumber Number)[] children) : BoundNumber
{
    public override bool IsFixed(EvaluationFrame frame) => frame.NobodyTakesPart(parts, children.Length);

    public override Reading Read(EvaluationFrame frame) => Read(frame, out _);

    public override bool Refresh(EvaluationFrame frame)
    {
        bool any = false;
        for (int i = 0; i < children.Length; i++)
        {
            frame.TakesPart[parts + i] = children[i].Number.Refresh(frame);
            any |= frame.TakesPart[parts + i];
        }

        return any;
    }

    public override string Describe(EvaluationFrame frame, double value)
    {
        if (children.Length == 0)
        {
            return $"no {relatives}";
        }

        _ = Read(frame, out int chosen);
        string number = children[chosen].Number.Describe(frame, value);
        return kind == OverKind.Avg ? $"mean over {relatives}s of {number}" : $"{frame.NameOf(children[chosen].Entity)}: {number}";
    }

    public override string Format(double value) => children.Length == 0 ? Words.Digits(value) : children[0].Number.Format(value);

    private Reading Read(EvaluationFrame frame, out int chosen)
    {
        double result = 0;
        int known = 0;
        Truth open = Truth.Missing;
        chosen = 0;
        for (int i = 0; i < children.Length; i++)
        {
            if (!frame.TakesPart[parts + i])
            {
                continue;
            }

            Reading reading = children[i].Number.Read(frame);
            if (!reading.IsKnown)
            {
                open = ThreeValued.Louder(open, reading.State);
                continue;
            }

            bool better = known == 0 || (kind == OverKind.Max ? reading.Value > result : kind == OverKind.Min && reading.Value < result);
            chosen = better ? i : chosen;
            result = kind == OverKind.Avg ? result + reading.Value : better ? reading.Value : result;
            known++;
        }

        // A relative that cannot be computed spoils the answer; one without data does not.
        return open == Truth.Error || known == 0 ? new Reading(double.NaN, open) : Reading.Of(kind == OverKind.Avg ? result / known : result);
    }
}

/// <summary>How many relatives a condition holds for.</summary>
/// <param name="parts">The first of the places in the frame that say who takes part.</param>
/// <param name="relatives">For people.</param>
/// <param name="text">The condition, for people.</param>
/// <param name="children">The condition of each relative.</param>
internal sealed class CountNumber(int parts, string relatives, string text, (int Entity, BoundCondition Condition)[] children) : BoundNumber
{
    public override bool IsFixed(EvaluationFrame frame) => frame.NobodyTakesPart(parts, children.Length);

    public override Reading Read(EvaluationFrame frame)
    {
        int holds = 0, known = 0;
        Truth open = Truth.Missing;
        for (int i = 0; i < children.Length; i++)
        {
            if (!frame.TakesPart[parts + i])
            {
                continue;
            }

            Truth truth = children[i].Condition.Decide(frame);
            open = ThreeValued.IsOpen(truth) ? ThreeValued.Louder(open, truth) : open;
            known += ThreeValued.IsOpen(truth) ? 0 : 1;
            holds += truth == Truth.True ? 1 : 0;
        }

        return open == Truth.Error || known == 0 ? new Reading(double.NaN, open) : Reading.Of(holds);
    }

    public override bool Refresh(EvaluationFrame frame)
    {
        bool any = false;
        for (int i = 0; i < children.Length; i++)
        {
            frame.TakesPart[parts + i] = children[i].Condition.Refresh(frame);
            any |= frame.TakesPart[parts + i];
        }

        return any;
    }

    public override string Describe(EvaluationFrame frame, double value) => $"{Format(value)} {relatives}s with {text}";

    public override string Format(double value) => Words.Digits(value);
}
