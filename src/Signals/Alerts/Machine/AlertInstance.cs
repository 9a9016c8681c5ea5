using System.Text.Json.Serialization;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>One alert: a rule, an entity and the labels that remain. Immutable, plain data, at most about 600 bytes as JSON.</summary>
public sealed record AlertInstance
{
    // An endpoint has one for each rule and entity, and each word about it makes another.
    private readonly PackedTime _lastAsOf;
    private readonly PackedTime _barrier;
    private readonly PackedTime _lastEnd;
    private readonly PackedTime _gapSince;
    private readonly PackedTime _errorSince;
    private readonly PackedTime _undecidedSince;
    private readonly PackedTime _lastTick;
    private readonly PackedTime _faultedSince;
    private readonly PackedTime _noDataSince;
    private readonly PackedTime _pauseToldSince;
    private readonly PackedTime _tombstoneUntil;
    private readonly PackedTime _epochSince;

    /// <summary>See <see cref="AlertIdentity.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    public required string RuleId { get; init; }

    public required string RuleVersion { get; init; }

    /// <summary>Of the rule when it last spoke; empty: not known.</summary>
    public string ConditionVersion { get; init; } = "";

    public required EntityId Entity { get; init; }

    public LabelSet Residual { get; init; } = LabelSet.Empty;

    public AlertState State { get; init; }

    public AlertClocks Clocks { get; init; } = AlertClocks.None;

    /// <summary>Set exactly while the state is <see cref="AlertState.NoData"/>.</summary>
    public AlertBefore? Before { get; init; }

    /// <summary>The last truth taken in; null: none.</summary>
    public Truth? LastTruth { get; init; }

    /// <summary>Everything up to here is decided; a verdict that certifies less is outdated.</summary>
    public Timestamp? LastAsOf
    {
        get => _lastAsOf.Value;
        init => _lastAsOf = new PackedTime(value);
    }

    /// <summary>True time before this instant never counts: a False was certified there, or an episode was closed.</summary>
    public Timestamp? Barrier
    {
        get => _barrier.Value;
        init => _barrier = new PackedTime(value);
    }

    /// <summary>When the last episode that fired ended. No later episode begins before it, so that no id returns.</summary>
    public Timestamp? LastEnd
    {
        get => _lastEnd.Value;
        init => _lastEnd = new PackedTime(value);
    }

    /// <summary>Event time since which the verdicts say Missing; null: they do not.</summary>
    public Timestamp? GapSince
    {
        get => _gapSince.Value;
        init => _gapSince = new PackedTime(value);
    }

    /// <summary>Event time since which the evaluation fails; null: it does not.</summary>
    public Timestamp? ErrorSince
    {
        get => _errorSince.Value;
        init => _errorSince = new PackedTime(value);
    }

    /// <summary>Event time since which neither True nor False was said; null: one was.</summary>
    public Timestamp? UndecidedSince
    {
        get => _undecidedSince.Value;
        init => _undecidedSince = new PackedTime(value);
    }

    /// <summary>Time that passed by ticks, in steps of at most a minute, since anybody spoke.</summary>
    public TimeSpan SilentFor { get; init; }

    /// <summary>The clock's last reading; only differences are used.</summary>
    public Timestamp? LastTick
    {
        get => _lastTick.Value;
        init => _lastTick = new PackedTime(value);
    }

    public bool IsStale { get; init; }

    /// <summary>The clock when the evaluation began to count as broken; null: it does not. Names the notice.</summary>
    public Timestamp? FaultedSince
    {
        get => _faultedSince.Value;
        init => _faultedSince = new PackedTime(value);
    }

    /// <summary>
    /// The clock when the state became NoData; null: it is not. Names the notice: event time would not do, because the
    /// same silence can be entered twice when the policy changes in between.
    /// </summary>
    public Timestamp? NoDataSince
    {
        get => _noDataSince.Value;
        init => _noDataSince = new PackedTime(value);
    }

    /// <summary>The clock since when the owner knows that the recovery is paused; null: it is not, or not for long.</summary>
    public Timestamp? PauseToldSince
    {
        get => _pauseToldSince.Value;
        init => _pauseToldSince = new PackedTime(value);
    }

    public long NearMisses { get; init; }

    /// <summary>An alert that fired and was withdrawn is remembered until then.</summary>
    public Timestamp? TombstoneUntil
    {
        get => _tombstoneUntil.Value;
        init => _tombstoneUntil = new PackedTime(value);
    }

    public Evidence Evidence { get; init; } = Evidence.None;

    /// <summary>The highest speaker heard.</summary>
    public VerdictEpoch Epoch { get; init; } = VerdictEpoch.Single;

    /// <summary>Event time of that speaker's first verdict.</summary>
    public Timestamp? EpochSince
    {
        get => _epochSince.Value;
        init => _epochSince = new PackedTime(value);
    }

    /// <summary>True from Firing until the episode ends, whatever the data do in between.</summary>
    [JsonIgnore]
    public bool IsFiring => State is AlertState.Firing or AlertState.Recovering || Before?.State is AlertState.Firing or AlertState.Recovering;

    /// <summary>The open episode's clocks, also while the data are missing.</summary>
    [JsonIgnore]
    public AlertClocks Episode => Before?.Clocks ?? Clocks;

    /// <summary>True: nothing here would be missed after a restart, so it is not written.</summary>
    [JsonIgnore]
    public bool IsDormant => IsAtRest && !IsStale;

    /// <summary>True: under a policy that tells nobody of missing data, time alone changes nothing here but clocks.</summary>
    [JsonIgnore]
    public bool IsAtRest => State is AlertState.Unknown or AlertState.Normal
        && FaultedSince is null && TombstoneUntil is null && ErrorSince is null && LastEnd is null;

    public static AlertInstance Of(Verdict verdict) =>
        Of(verdict, AlertIdentity.Fingerprint(verdict.RuleId, verdict.Entity, verdict.Residual));

    internal static AlertInstance Of(Verdict verdict, string fingerprint) => new()
    {
        Fingerprint = fingerprint,
        RuleId = verdict.RuleId,
        RuleVersion = verdict.RuleVersion,
        Entity = verdict.Entity,
        Residual = verdict.Residual,
    };
}
