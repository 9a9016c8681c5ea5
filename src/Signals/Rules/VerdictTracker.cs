using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Rules;

/// <summary>Turns what a bound rule says from instant to instant into the verdicts that are worth sending.</summary>
/// <remarks>
/// Time counts only between two evaluations that were both true and not more than the policy's maximal gap apart; an open
/// result in between pauses the count, False ends it, and a gap or error that lasts longer than both the hold and
/// the time after which data is stale ends it too. A verdict is sent on change, when the hold or the M of N is reached, and
/// every 30 s of event time. Writing evidence costs more than deciding: that of a verdict that is true is always of this
/// moment, that of one repeated for long without change is at most <see cref="EvidenceAge"/> old. The outcome depends on the
/// sequence of observations alone.
/// </remarks>
public sealed class VerdictTracker
{
    /// <summary>How often an unchanged verdict is said again.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    /// <summary>How old the evidence of an unchanged verdict that is not true may become.</summary>
    public static readonly TimeSpan EvidenceAge = TimeSpan.FromMinutes(5);

    private readonly RuleTarget _target;
    private readonly TimeSpan _interval;
    private readonly VerdictEpoch _epoch;
    private AlertPolicy _policy;
    private TrueCount? _count;
    private TimeSpan _longestPause;
    private Truth? _truth;
    private Timestamp _from;
    private Timestamp _last;
    private Timestamp _sent;
    private Timestamp _lastTrue;
    private TimeSpan _held;
    private bool _holdTold;
    private bool _countTold;
    private bool _isOtherVersion;
    private Evidence _evidence = Evidence.None;
    private Timestamp _explainedAt;

    /// <param name="policy">Of the rule.</param>
    /// <param name="target">Of whom.</param>
    /// <param name="interval">Time between two evaluations.</param>
    /// <param name="epoch">Which activation speaks.</param>
    public VerdictTracker(AlertPolicy policy, RuleTarget target, TimeSpan interval, VerdictEpoch epoch)
    {
        _policy = policy;
        _target = target;
        _interval = interval;
        _epoch = epoch;
        _count = policy.OfLast > 0 ? new TrueCount(policy.OfLast, interval) : null;
        _longestPause = LongestPause(policy);
    }

    /// <summary>
    /// The rule has another hold, policy or text and the same condition: what was certified goes on counting. What it says is
    /// said again with the next evaluation, since it is the word of another version.
    /// </summary>
    public void Adopt(AlertPolicy policy)
    {
        if (policy.OfLast != _policy.OfLast)
        {
            _count = policy.OfLast > 0 ? new TrueCount(policy.OfLast, _interval) : null;
        }

        (_policy, _longestPause) = (policy, LongestPause(policy));
        (_holdTold, _countTold, _isOtherVersion) = (false, false, true);
    }

    /// <summary>As <see cref="Observe(ConditionResult, Timestamp, bool)"/>, and always says what it finds.</summary>
    public Verdict Decide(ConditionResult result, Timestamp now, bool isWarming)
    {
        _isOtherVersion = true;
        return Observe(result, now, isWarming, out _)!;
    }

    /// <summary>Certified time for which the raise condition was true, pauses left out.</summary>
    public TimeSpan Held => _held;

    /// <summary>Takes in one evaluation.</summary>
    /// <param name="result">What the rule says.</param>
    /// <param name="now">At what instant of event time; must rise.</param>
    /// <param name="isWarming">True while the window does not yet cover what the rule looks at.</param>
    /// <param name="reason">Why there is a verdict, or none.</param>
    /// <returns>The verdict to send; null: nothing to say.</returns>
    public Verdict? Observe(ConditionResult result, Timestamp now, bool isWarming, out VerdictReason reason)
    {
        if (_truth is not null && now <= _last)
        {
            reason = VerdictReason.NotLater;
            return null;
        }

        Truth truth = result.Truth;
        Count(truth, now);
        int trueOfLast = _count?.Observe(truth == Truth.True, now) ?? 0;
        reason = Reason(truth, trueOfLast, now);
        if (truth != _truth)
        {
            _from = now;
        }

        _truth = truth;
        _last = now;
        _isOtherVersion = false;
        if (reason == VerdictReason.Unchanged)
        {
            return null;
        }

        _sent = now;
        TimeSpan held = truth == Truth.True ? _held : TimeSpan.Zero;
        return new Verdict(
            _policy.RuleId, _policy.RuleVersion, _target.Entity, _target.Residual, truth, _from, now, held, trueOfLast, Explain(result, reason, now, isWarming), _epoch, isWarming);
    }

    /// <summary>As the other, for callers that need no reason.</summary>
    public Verdict? Observe(ConditionResult result, Timestamp now, bool isWarming = false) => Observe(result, now, isWarming, out _);

    private Evidence Explain(ConditionResult result, VerdictReason reason, Timestamp now, bool isWarming)
    {
        // While windows fill, and soon after a change, a repetition may yet be what begins or ends an alert.
        bool isSettled = !isWarming && now - _from >= EvidenceAge;
        bool isRepeated = isSettled && reason == VerdictReason.Heartbeat && result.Truth != Truth.True;
        if (!isRepeated || now - _explainedAt >= EvidenceAge)
        {
            _evidence = result.Explain();
            _explainedAt = now;
        }

        return _evidence;
    }

    private void Count(Truth truth, Timestamp now)
    {
        switch (truth)
        {
            case Truth.True:
                bool isBoth = _truth == Truth.True && now - _last <= _policy.MaxGap;
                _held += isBoth ? now - _last : TimeSpan.Zero;
                _lastTrue = now;
                break;
            case Truth.False:
            case Truth.Missing or Truth.Error when now - _lastTrue > _longestPause:
                _held = TimeSpan.Zero;
                _holdTold = false;
                break;
            default:
                break;
        }
    }

    private static TimeSpan LongestPause(AlertPolicy policy) => policy.For > policy.StaleAfter ? policy.For : policy.StaleAfter;

    private VerdictReason Reason(Truth truth, int trueOfLast, Timestamp now)
    {
        bool holds = truth == Truth.True && _policy.For > TimeSpan.Zero && _held >= _policy.For && !_holdTold;
        bool counts = _policy.RequiredTrue > 0 && trueOfLast >= _policy.RequiredTrue && !_countTold;
        _holdTold |= holds;
        _countTold = _policy.RequiredTrue > 0 && trueOfLast >= _policy.RequiredTrue;
        return _truth is null ? VerdictReason.First
            : truth != _truth ? VerdictReason.Changed
            : holds ? VerdictReason.HoldReached
            : counts ? VerdictReason.CountReached
            : _isOtherVersion || now - _sent >= Heartbeat ? VerdictReason.Heartbeat
            : VerdictReason.Unchanged;
    }
}
