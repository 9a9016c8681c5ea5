namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A number of a condition. Rules that say the same of the same entity share one.</summary>
/// <remarks>
/// Nodes are what many endpoints share: what is different between two of them, the columns and what was read last, is in the
/// frame, at the places that the node was given.
/// </remarks>
internal abstract class BoundNumber
{
    public abstract Reading Read(EvaluationFrame frame);

    /// <summary>True: it reads no series and says the same for ever.</summary>
    public virtual bool IsConstant => false;

    /// <summary>True: it says the same until its columns are looked up again, since none of its series exists.</summary>
    public virtual bool IsFixed(EvaluationFrame frame) => IsConstant;

    /// <summary>Looks its columns up again.</summary>
    /// <returns>True when it reads at least one series that exists.</returns>
    public virtual bool Refresh(EvaluationFrame frame) => false;

    /// <summary>Name and value, as in "KV cache usage 97.2 % over 2m". Of the turn in which it was read.</summary>
    public abstract string Describe(EvaluationFrame frame, double value);

    /// <summary>A value in the number's unit.</summary>
    public abstract string Format(double value);
}

/// <summary>A number that reads windows: once a turn of its frame, however many ask.</summary>
/// <param name="cell">Its place in the frame.</param>
internal abstract class WindowNumber(int cell) : BoundNumber
{
    /// <summary>Of what there is none, there is none at every turn.</summary>
    public override bool IsFixed(EvaluationFrame frame) => !Exists(frame);

    protected abstract bool Exists(EvaluationFrame frame);

    public sealed override Reading Read(EvaluationFrame frame)
    {
        ref ReadingCell held = ref frame.Cells[cell];
        if (held.Turn != frame.Turn)
        {
            held = new ReadingCell(Look(frame), frame.Turn);
        }

        return held.Reading;
    }

    protected abstract Reading Look(EvaluationFrame frame);
}

/// <summary>A condition. What it said is remembered in the frame, so that it can be explained.</summary>
/// <remarks>
/// Most conditions of a rule book ask for series that an endpoint does not have. What they say is decided when the columns
/// are looked up, and a row does not come by them again.
/// </remarks>
/// <param name="place">Its place in the frame.</param>
internal abstract class BoundCondition(int place)
{
    private const byte Fixed = 0x80;

    public Truth Said(EvaluationFrame frame) => (Truth)(frame.Said[place] & ~Fixed);

    /// <summary>True: it says the same until its columns are looked up again.</summary>
    public bool IsFixed(EvaluationFrame frame) => (frame.Said[place] & Fixed) != 0;

    public Truth Decide(EvaluationFrame frame)
    {
        byte said = frame.Said[place];
        if ((said & Fixed) != 0)
        {
            return (Truth)(said & ~Fixed);
        }

        Truth truth = Compute(frame);
        frame.Said[place] = (byte)truth;
        return truth;
    }

    /// <summary>Looks its columns up again.</summary>
    /// <returns>True when it reads at least one series that exists.</returns>
    public bool Refresh(EvaluationFrame frame)
    {
        bool exists = LookUp(frame);
        frame.Said[place] &= unchecked((byte)~Fixed);
        if (MustSayTheSame(frame))
        {
            frame.Said[place] = (byte)((byte)Compute(frame) | Fixed);
        }

        return exists;
    }

    protected abstract bool LookUp(EvaluationFrame frame);

    /// <summary>Asked after its columns were looked up.</summary>
    protected virtual bool MustSayTheSame(EvaluationFrame frame) => false;

    /// <summary>Writes what made it say what it said last.</summary>
    public abstract void Explain(EvaluationFrame frame, EvidenceText text);

    protected abstract Truth Compute(EvaluationFrame frame);
}
