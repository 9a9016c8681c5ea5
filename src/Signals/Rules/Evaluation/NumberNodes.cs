using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A number as it is written.</summary>
internal sealed class ConstantNumber(NumberExpression number) : BoundNumber
{
    private readonly Reading _reading = Reading.Of(number.Value);

    public override bool IsConstant => true;

    public override Reading Read() => _reading;

    public override string Describe(double value) => Format(value);

    public override string Format(double value) => Words.Value(value, number.Dimension);
}

/// <summary>Two numbers made one.</summary>
internal sealed class ArithmeticNumber(ArithmeticOperator arithmetic, BoundNumber left, BoundNumber right, Dimension dimension) : BoundNumber
{
    private Reading _left;
    private Reading _right;

    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override bool IsFixed => left.IsFixed && right.IsFixed;

    public override Reading Read()
    {
        Reading a = left.Read();
        Reading b = right.Read();
        (_left, _right) = (a, b);
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

    public override bool Refresh(SeriesIndex index) => left.Refresh(index) | right.Refresh(index);

    /// <summary>The terms in words, and what they make.</summary>
    public override string Describe(double value) => IsFactorOne ? right.Describe(_right.Value) : $"{Terms()} makes {Format(value)}";

    /// <summary>A parameter that was left at one changes nothing, and is not spoken of.</summary>
    private bool IsFactorOne => arithmetic == ArithmeticOperator.Multiply && left.IsConstant && _left.Value == 1;

    private string Terms()
    {
        string joint = arithmetic switch
        {
            ArithmeticOperator.Add => "plus",
            ArithmeticOperator.Subtract => "minus",
            ArithmeticOperator.Multiply => "times",
            _ => "divided by",
        };
        string last = right is ArithmeticNumber && !right.IsConstant ? $"({Term(right, _right.Value)})" : Term(right, _right.Value);
        return $"{Term(left, _left.Value)} {joint} {last}";
    }

    private static string Term(BoundNumber number, double value) =>
        number.IsConstant ? number.Format(value) : number is ArithmeticNumber inner ? inner.Terms() : number.Describe(value);

    public override string Format(double value) => Words.Value(value, dimension);
}

/// <summary>A number with its sign turned.</summary>
internal sealed class NegativeNumber(BoundNumber operand) : BoundNumber
{
    public override Reading Read()
    {
        Reading reading = operand.Read();
        return reading with { Value = -reading.Value };
    }

    public override bool IsConstant => operand.IsConstant;

    public override bool IsFixed => operand.IsFixed;

    public override bool Refresh(SeriesIndex index) => operand.Refresh(index);

    public override string Describe(double value) => "minus " + operand.Describe(-value);

    public override string Format(double value) => operand.Format(value);
}

/// <summary>A number that stands in where another has no data.</summary>
internal sealed class FallbackNumber(BoundNumber value, BoundNumber otherwise) : BoundNumber
{
    private bool _stoodIn;

    public override bool IsFixed => value.IsFixed && otherwise.IsFixed;

    public override Reading Read()
    {
        Reading reading = value.Read();
        _stoodIn = reading.State is Truth.Missing or Truth.Hold;
        return _stoodIn ? otherwise.Read() : reading;
    }

    // Both must be asked: the second may appear while the first is there.
    public override bool Refresh(SeriesIndex index) => value.Refresh(index) | otherwise.Refresh(index);

    public override string Describe(double number) => _stoodIn && otherwise.IsConstant
        ? $"{value.Describe(number)} (no data)"
        : (_stoodIn ? otherwise : value).Describe(number);

    public override string Format(double number) => value.Format(number);
}

/// <summary>unknown(d)[w] and coverage(d)[w].</summary>
internal sealed class QualityShareNumber(EvaluationFrame frame, Topology.EntityId entity, QualityExpression term) : BoundNumber
{
    private readonly TimeSpan _window = term.Window!.Value.For(frame.Interval);

    public override Reading Read() => frame.Quality is not { } quality ? Reading.Missing : Reading.Of(term.Term == QualityTerm.Unknown
        ? quality.UnknownShare(entity, term.Dimension, _window, frame.Now)
        : quality.Coverage(entity, term.Dimension, _window, frame.Now));

    public override bool Refresh(SeriesIndex index) => true;

    public override string Describe(double value) => term.Term == QualityTerm.Unknown
        ? $"{term.Dimension} unknown for {Format(value)} of the drawn answers over {term.Window}"
        : $"{term.Dimension} known for {Format(value)} of the requests over {term.Window}";

    public override string Format(double value) => Words.Value(value, new Dimension(Metrics.MetricUnit.Ratio));
}

/// <summary>count, max, min and avg over relatives. Relatives that have none of the series do not take part.</summary>
internal sealed class OverNumber(OverKind kind, string relatives, IReadOnlyList<(string Name, BoundNumber Number)> children) : BoundNumber
{
    private readonly bool[] _takesPart = new bool[children.Count];
    private int _chosen;

    public override bool IsFixed => Array.TrueForAll(_takesPart, takesPart => !takesPart);

    public override Reading Read()
    {
        double result = 0;
        int known = 0;
        Truth open = Truth.Missing;
        for (int i = 0; i < children.Count; i++)
        {
            if (!_takesPart[i])
            {
                continue;
            }

            Reading reading = children[i].Number.Read();
            if (!reading.IsKnown)
            {
                open = ThreeValued.Louder(open, reading.State);
                continue;
            }

            bool better = known == 0 || (kind == OverKind.Max ? reading.Value > result : kind == OverKind.Min && reading.Value < result);
            _chosen = better ? i : _chosen;
            result = kind == OverKind.Avg ? result + reading.Value : better ? reading.Value : result;
            known++;
        }

        // A relative that cannot be computed spoils the answer; one without data does not.
        return open == Truth.Error || known == 0 ? new Reading(double.NaN, open) : Reading.Of(kind == OverKind.Avg ? result / known : result);
    }

    public override bool Refresh(SeriesIndex index)
    {
        bool any = false;
        for (int i = 0; i < children.Count; i++)
        {
            _takesPart[i] = children[i].Number.Refresh(index);
            any |= _takesPart[i];
        }

        return any;
    }

    public override string Describe(double value) => children.Count == 0
        ? $"no {relatives}"
        : kind == OverKind.Avg
            ? $"mean over {relatives}s of {children[_chosen].Number.Describe(value)}"
            : $"{children[_chosen].Name}: {children[_chosen].Number.Describe(value)}";

    public override string Format(double value) => children.Count == 0 ? Words.Digits(value) : children[0].Number.Format(value);
}

/// <summary>How many relatives a condition holds for.</summary>
internal sealed class CountNumber(string relatives, string text, IReadOnlyList<(string Name, BoundCondition Condition)> children) : BoundNumber
{
    private readonly bool[] _takesPart = new bool[children.Count];

    public override bool IsFixed => Array.TrueForAll(_takesPart, takesPart => !takesPart);

    public override Reading Read()
    {
        int holds = 0, known = 0;
        Truth open = Truth.Missing;
        for (int i = 0; i < children.Count; i++)
        {
            if (!_takesPart[i])
            {
                continue;
            }

            Truth truth = children[i].Condition.Decide();
            open = ThreeValued.IsOpen(truth) ? ThreeValued.Louder(open, truth) : open;
            known += ThreeValued.IsOpen(truth) ? 0 : 1;
            holds += truth == Truth.True ? 1 : 0;
        }

        return open == Truth.Error || known == 0 ? new Reading(double.NaN, open) : Reading.Of(holds);
    }

    public override bool Refresh(SeriesIndex index)
    {
        bool any = false;
        for (int i = 0; i < children.Count; i++)
        {
            _takesPart[i] = children[i].Condition.Refresh(index);
            any |= _takesPart[i];
        }

        return any;
    }

    public override string Describe(double value) => $"{Format(value)} {relatives}s with {text}";

    public override string Format(double value) => Words.Digits(value);
}
