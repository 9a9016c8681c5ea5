using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>The working copy of one step of the machine: the alert as it stands, the effects so far, and the branch.</summary>
internal sealed class MachineRun(AlertInstance start, AlertPolicy policy, Timestamp now)
{
    private readonly AlertInstance _start = start;
    private ImmutableArray<AlertEffect>.Builder? _effects;

    public AlertInstance Alert { get; set; } = start;

    public AlertPolicy Policy { get; } = policy;

    public Timestamp Now { get; } = now;

    public AlertReason Reason { get; set; } = AlertReason.Nothing;

    public AlertClocks Clocks
    {
        get => Alert.Clocks;
        set => Alert = value == Alert.Clocks ? Alert : Alert with { Clocks = value };
    }

    public void Add(AlertEffectKind kind, AlertReason reason) =>
        (_effects ??= ImmutableArray.CreateBuilder<AlertEffect>()).Add(new AlertEffect(kind, reason));

    /// <summary>Enters a state. The branch is the step's reason from now on.</summary>
    public void Enter(AlertState state, AlertReason reason)
    {
        Alert = Alert.State == state ? Alert : Alert with { State = state };
        Reason = reason;
    }

    /// <summary>Closes the episode: what was true before can never count again.</summary>
    public void Close(AlertReason reason, bool isResolved)
    {
        Timestamp end = Alert.LastAsOf ?? Now;
        Alert = Alert with
        {
            LastEnd = Alert.Clocks.HasFired ? Timestamp.Max(end, Alert.Clocks.Onset ?? end) : Alert.LastEnd,
            Clocks = AlertClocks.None,
            Barrier = Alert.Barrier is { } barrier ? Timestamp.Max(barrier, end) : end,
            PauseToldSince = null,
        };
        Enter(AlertState.Normal, reason);
        if (isResolved)
        {
            Add(AlertEffectKind.Resolve, reason);
        }
    }

    public AlertStep Finish() => new(Alert, Effects(), Reason, IsDurable());

    public AlertStep Delete() => new(null, Effects(), Reason, true);

    private ImmutableArray<AlertEffect> Effects() => _effects?.DrainToImmutable() ?? [];

    private bool IsDurable() =>
        _effects is not null
        || _start.State != Alert.State
        || _start.IsStale != Alert.IsStale
        || _start.ErrorSince is null != (Alert.ErrorSince is null)
        || _start.Clocks.IsClearing != Alert.Clocks.IsClearing
        || _start.RuleVersion != Alert.RuleVersion
        || _start.TombstoneUntil != Alert.TombstoneUntil;
}
