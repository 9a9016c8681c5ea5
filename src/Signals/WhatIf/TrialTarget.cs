using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.WhatIf;

/// <summary>One entity in a trial: tracker and alert of its own, and what they did.</summary>
internal sealed class TrialTarget(Rule rule, BoundRule bound, TimeSpan interval)
{
    private readonly AlertPolicy _policy = rule.ToPolicy(interval);
    private readonly VerdictTracker _tracker = new(rule.ToPolicy(interval), bound.Target, interval, VerdictEpoch.Single);
    private readonly List<TrialEpisode> _ended = [];
    private AlertInstance? _alert;
    private TrialEpisode? _open;

    public long NearMisses => _alert?.NearMisses ?? 0;

    public TimeSpan LongestHold { get; private set; }

    public void Judge(Timestamp row, bool isWarming)
    {
        if (_tracker.Observe(bound.Evaluate(row), row, isWarming) is { } verdict)
        {
            Step(_alert ?? AlertInstance.Of(verdict), AlertInput.Observation.Of(verdict), row);
        }

        if (_alert is { } alert)
        {
            Step(alert, new AlertInput.Tick(), row);
        }

        LongestHold = _tracker.Held > LongestHold ? _tracker.Held : LongestHold;
    }

    public IEnumerable<TrialEpisode> Episodes() => _open is null ? _ended : _ended.Append(_open with { Flaps = _alert!.Episode.Flaps });

    private void Step(AlertInstance before, AlertInput input, Timestamp row)
    {
        AlertStep step = AlertMachine.Step(before, input, _policy, row);
        _alert = step.State;
        bool isFiring = step.State is { IsFiring: true };
        if (isFiring && _open is null)
        {
            _open = new TrialEpisode(
                before.Entity, before.Residual, step.State!.Episode.Onset ?? row, row, null, "", 0, step.State.Evidence.Text);
        }
        else if (!isFiring && _open is { } open)
        {
            _ended.Add(open with { EndedAt = row, EndReason = step.Reason.ToString(), Flaps = before.Episode.Flaps });
            _open = null;
        }
    }
}
