namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A number of a condition, bound to columns. Rules that say the same of the same entity share one.</summary>
internal abstract class BoundNumber
{
    public abstract Reading Read();

    /// <summary>True: it reads no series and says the same for ever.</summary>
    public virtual bool IsConstant => false;

    /// <summary>True: it says the same until its columns are looked up again, since none of its series exists.</summary>
    public virtual bool IsFixed => IsConstant;

    /// <summary>Looks its columns up again.</summary>
    /// <returns>True when it reads at least one series that exists.</returns>
    public virtual bool Refresh(SeriesIndex index) => false;

    /// <summary>Name and value, as in "KV cache usage 97.2 % over 2m".</summary>
    public abstract string Describe(double value);

    /// <summary>A value in the number's unit.</summary>
    public abstract string Format(double value);
}

/// <summary>A number that reads windows: once a turn of its frame, however many ask.</summary>
internal abstract class WindowNumber(EvaluationFrame frame) : BoundNumber
{
    private Reading _reading;
    private int _turn = -1;

    protected EvaluationFrame Frame { get; } = frame;

    /// <summary>Of what there is none, there is none at every turn.</summary>
    public override bool IsFixed => !Exists;

    protected abstract bool Exists { get; }

    public sealed override Reading Read()
    {
        if (_turn != Frame.Turn)
        {
            _reading = Look();
            _turn = Frame.Turn;
        }

        return _reading;
    }

    protected abstract Reading Look();
}

/// <summary>A condition, bound to columns. Remembers what it said, so that it can be explained.</summary>
/// <remarks>
/// Most conditions of a rule book ask for series that an endpoint does not have. What they say is decided when the columns
/// are looked up, and a row does not come by them again.
/// </remarks>
internal abstract class BoundCondition
{
    public Truth Said { get; private set; }

    /// <summary>True: it says the same until its columns are looked up again.</summary>
    public bool IsFixed { get; private set; }

    public Truth Decide() => IsFixed ? Said : Said = Compute();

    /// <summary>Looks its columns up again.</summary>
    /// <returns>True when it reads at least one series that exists.</returns>
    public bool Refresh(SeriesIndex index)
    {
        bool exists = LookUp(index);
        IsFixed = MustSayTheSame();
        if (IsFixed)
        {
            Said = Compute();
        }

        return exists;
    }

    protected abstract bool LookUp(SeriesIndex index);

    /// <summary>Asked after its columns were looked up.</summary>
    protected virtual bool MustSayTheSame() => false;

    /// <summary>Writes what made it say what it said last.</summary>
    public abstract void Explain(EvidenceText text);

    protected abstract Truth Compute();
}
