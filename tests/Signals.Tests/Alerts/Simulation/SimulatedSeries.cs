using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>The truth about one rule and entity, and the entity's grain that speaks of it: it may restart and forget.</summary>
internal sealed class SimulatedSeries(Random random, AlertPolicy policy, EntityId entity)
{
    private static readonly TimeSpan WindowLength = TimeSpan.FromMinutes(10);
    private readonly List<(Timestamp Time, Truth Truth)> _evaluations = [];
    private Timestamp _knownSince = Timestamp.MinValue;
    private Timestamp _warmUntil = Timestamp.MinValue;
    private Truth _segment = Truth.False;
    private int _left;
    private Truth? _lastSaid;
    private Timestamp _saidAt = Timestamp.MinValue;

    public AlertPolicy Policy { get; set; } = policy;

    public EntityId Entity { get; } = entity;

    public string Fingerprint { get; } = AlertIdentity.Fingerprint(policy.RuleId, entity, LabelSet.Empty);

    public VerdictEpoch Epoch { get; private set; } = new(1, default, "a");

    public Truth? Forced { get; set; }

    public Truth Now => _evaluations[^1].Truth;

    public void Evaluate(Timestamp time)
    {
        if (_left-- <= 0)
        {
            _left = random.Next(1, 14);
            _segment = random.Next(10) switch { < 4 => Truth.True, < 7 => Truth.False, 7 => Truth.Hold, 8 => Truth.Missing, _ => Truth.Error };
        }

        _evaluations.Add((time, Forced ?? _segment));
        if (_evaluations.Count > 400)
        {
            _evaluations.RemoveRange(0, 200);
        }
    }

    /// <summary>The new condition over the retained window says one thing.</summary>
    public void Rewrite(Truth truth)
    {
        for (int i = 0; i < _evaluations.Count; i++)
        {
            _evaluations[i] = (_evaluations[i].Time, truth);
        }
    }

    public void Restart(Timestamp now, bool isWindowRebuilt)
    {
        Epoch = new VerdictEpoch(Epoch.MembershipVersion + random.Next(2), Timestamp.Max(now, new Timestamp(Epoch.ActivationStart.UnixMs + 1)), "a");
        _lastSaid = null;
        if (!isWindowRebuilt)
        {
            _knownSince = now;
            _warmUntil = now + TimeSpan.FromMinutes(2);
        }
    }

    /// <summary>On a change, every 30 s, and now and then without need.</summary>
    public bool HasNews(Timestamp now) =>
        _evaluations.Count > 0 && (_lastSaid != Now || now - _saidAt >= TimeSpan.FromSeconds(30) || random.Next(6) == 0);

    public Verdict Speak()
    {
        (Timestamp asOf, Truth truth) = _evaluations[^1];
        Timestamp edge = Timestamp.Max(_knownSince, asOf - WindowLength);
        int first = _evaluations.Count - 1;
        while (first > 0 && IsRun(first) && _evaluations[first - 1].Time >= edge && _evaluations[first - 1].Truth == truth)
        {
            first--;
        }

        (_lastSaid, _saidAt) = (truth, asOf);
        bool isWarming = asOf < _warmUntil;
        return new Verdict(
            Policy.RuleId, Policy.RuleVersion, Entity, LabelSet.Empty, truth, _evaluations[first].Time, asOf,
            truth == Truth.True ? HeldSince(edge) : TimeSpan.Zero, 0, Evidence.None, Epoch, isWarming);
    }

    /// <summary>The most that can count as held by now: true time between evaluations no further apart than the rule allows.</summary>
    public TimeSpan HeldAtMost(Timestamp? barrier, Timestamp until)
    {
        TimeSpan held = TimeSpan.Zero;
        Timestamp? last = null;
        foreach ((Timestamp time, Truth truth) in _evaluations)
        {
            if (time > until || truth != Truth.True || time <= barrier)
            {
                continue;
            }

            held += last is { } before && time - before <= Policy.MaxGap ? time - before : TimeSpan.Zero;
            last = time;
        }

        return held;
    }

    private bool IsRun(int at) => _evaluations[at].Time - _evaluations[at - 1].Time <= Policy.MaxGap;

    private TimeSpan HeldSince(Timestamp edge)
    {
        TimeSpan held = TimeSpan.Zero;
        for (int i = _evaluations.Count - 1; i > 0 && _evaluations[i - 1].Time >= edge && _evaluations[i - 1].Truth != Truth.False; i--)
        {
            bool isHeld = _evaluations[i].Truth == Truth.True && _evaluations[i - 1].Truth == Truth.True && IsRun(i);
            held += isHeld ? _evaluations[i].Time - _evaluations[i - 1].Time : TimeSpan.Zero;
        }

        return held;
    }
}
