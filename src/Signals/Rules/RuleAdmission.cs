namespace Grainwatch.Signals.Rules;

/// <summary>The limit of a rule: a target beyond it is refused and counted, those that are in stay.</summary>
public sealed class RuleAdmission(int limit)
{
    private readonly HashSet<RuleTarget> _targets = [];

    public int Limit { get; } = limit;

    public int Count => _targets.Count;

    /// <summary>How often a target was refused.</summary>
    public long Refused { get; private set; }

    /// <summary>True when the target is in, now or already.</summary>
    public bool Admit(RuleTarget target)
    {
        if (_targets.Contains(target))
        {
            return true;
        }

        if (_targets.Count >= Limit)
        {
            Refused++;
            return false;
        }

        return _targets.Add(target);
    }

    /// <summary>Makes place: the target is gone.</summary>
    public void Release(RuleTarget target) => _targets.Remove(target);
}
