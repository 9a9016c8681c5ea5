using System.Collections.Frozen;
using System.Collections.Immutable;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using static Grainwatch.Signals.Tests.Alerts.Simulation.Properties;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>
/// A small world that goes wrong: two activations, a store that is down, a publisher that loses answers, a clock that
/// jumps, speakers that restart, silences, edits of rules. Everything comes from one seed.
/// </summary>
internal sealed class SimulatedWorld
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly MissingPolicy[] Policies = Enum.GetValues<MissingPolicy>();
    private static readonly TimeSpan[] Lengths = [TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];

    private readonly Random _random;
    private readonly SimulatedSeries[] _series;
    private readonly FakeStore _store;
    private readonly FakePublisher _publisher;
    private readonly SimulationChecks _checks;
    private readonly Activation[] _activations;
    private readonly List<(Activation To, EndpointInput Input)> _answers = [];
    private readonly List<(string Incident, Timestamp Since)> _undiagnosed = [];
    private readonly bool _mayWipe;
    private AlertContext _context;
    private Timestamp _time = AlertFixtures.T0;
    private TimeSpan _offset;
    private TimeSpan _observed;
    private Timestamp _lastWall = AlertFixtures.T0;
    private int _active;
    private int _version;

    public SimulatedWorld(int seed, StepFunction step)
    {
        _random = new Random(seed);
        _series = [.. Enumerable.Range(0, 4).Select(MakeSeries)];
        _mayWipe = _random.Next(8) == 0;
        _store = new FakeStore(_random, EndpointAlertsState.Empty(AlertFixtures.Endpoint));
        _publisher = new FakePublisher(_random);
        _checks = new SimulationChecks(_series.ToDictionary(s => s.Policy.RuleId), _publisher);
        StepFunction watched = (state, input, context, now) => Watch(step(state, input, context, now));
        _activations = [new("one", watched, _store, _checks, Publish), new("two", watched, _store, _checks, Publish)];
        _context = MakeContext();
    }

    /// <summary>Random steps taken so far.</summary>
    public int Steps { get; private set; }

    private Timestamp Wall => _time + _offset;

    /// <summary>Chaos, then quiet: everything must come to rest; then an alarm: it must be told.</summary>
    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Chaos();
        }

        Quieten();
        Settle(Truth.False, 150);
        CheckRest();
        Settle(Truth.True, 40);
        CheckTold();
    }

    private void Chaos()
    {
        Steps++;
        switch (_random.Next(1000))
        {
            case < 450:
                Pass(TimeSpan.FromSeconds(10));
                Speak(isLossy: true);
                break;
            case < 700:
                Handle(new EndpointInput.Tick());
                break;
            case < 740:
                Handle(new EndpointInput.Tick(), 1 - _active);
                break;
            case < 840:
                DeliverAnswer();
                break;
            case < 870:
                _activations[_random.Next(2)].Crash();
                break;
            case < 885:
                _active = 1 - _active;
                break;
            case < 900:
                _store.IsDown = !_store.IsDown && _random.Next(2) == 0;
                break;
            case < 905:
                Jump();
                break;
            case < 925:
                ChangeSilences();
                break;
            case < 935:
                _series[_random.Next(_series.Length)].Restart(_time, _random.Next(2) == 0);
                break;
            case < 945:
                ChangeRule(_series[_random.Next(_series.Length)]);
                break;
            case < 950:
                Withdraw(_series[_random.Next(_series.Length)]);
                break;
            case < 980:
                Diagnose();
                break;
            case < 985:
                Pass(TimeSpan.FromSeconds(_random.Next(60, 400)));
                break;
            case < 990 when _activations[_active].State.OpenIncidents.FirstOrDefault() is { } incident:
                Handle(new EndpointInput.Acknowledged(incident.Id, "anna"));
                break;
            case < 992 when _mayWipe:
                _store.Wipe();
                _publisher.RememberedFrom = _publisher.Attempts.Count;
                break;
            default:
                Pass(TimeSpan.FromSeconds(1));
                break;
        }
    }

    private void Pass(TimeSpan span)
    {
        _time += span;
        Observe();
        if (span >= TimeSpan.FromSeconds(10))
        {
            foreach (SimulatedSeries series in _series)
            {
                series.Evaluate(_time);
            }
        }
    }

    private void Observe()
    {
        _observed += Wall > _lastWall ? Wall - _lastWall : TimeSpan.Zero;
        _lastWall = Wall;
    }

    private void Jump()
    {
        _offset = _random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_random.Next(-4000, 4000));
        Observe();
    }

    private void Speak(bool isLossy)
    {
        foreach (SimulatedSeries series in _series)
        {
            if (!series.HasNews(_time) || (isLossy && _random.Next(20) == 0))
            {
                continue;
            }

            Verdict verdict = series.Speak();
            Hear(verdict, _active);
            if (isLossy && _random.Next(10) == 0)
            {
                Hear(verdict, 1 - _active);
            }

            if (isLossy && _random.Next(10) == 0)
            {
                Hear(verdict, _active);
            }
        }
    }

    private void Hear(Verdict verdict, int at)
    {
        bool isRefused = verdict.AsOf - Wall > _context.Limits.FutureMax;
        // The first verdict of another version is an edit that this lineage missed: what the old condition said is void.
        bool isEdit = Known(verdict, at)?.RuleVersion != verdict.RuleVersion;
        Handle(
            new EndpointInput.Verdicts([verdict]), at,
            s => isRefused ? s : (isEdit ? s.Forget(verdict.RuleId) : s).Hear(verdict, IsBelieved(verdict, at)));
    }

    /// <summary>A speaker that is warming is believed after twice the time that makes data stale.</summary>
    private bool IsBelieved(Verdict verdict, int at)
    {
        AlertInstance? known = Known(verdict, at);
        Timestamp since = known?.EpochSince is { } heard && known.Epoch == verdict.Epoch ? heard : verdict.AsOf;
        return !verdict.IsWarming || verdict.AsOf - since > _context.Policies[verdict.RuleId].StaleAfter * 2;
    }

    private AlertInstance? Known(Verdict verdict, int at) =>
        _activations[at].State.Instances.GetValueOrDefault(AlertIdentity.Fingerprint(verdict.RuleId, verdict.Entity, verdict.Residual));

    private void Handle(EndpointInput input, int? at = null, Func<Shadow, Shadow>? hear = null) =>
        _activations[at ?? _active].Handle(input, _context, Wall, hear);

    private EndpointStep Watch(EndpointStep step)
    {
        _undiagnosed.AddRange(step.Effects.OfType<EndpointEffect.DiagnosisWanted>().Select(d => (d.IncidentId, _time)));
        return step;
    }

    private void Publish(Activation from, OutboxRow row)
    {
        if (row.Family is NotificationFamily.Incident or NotificationFamily.NoData or NotificationFamily.Fault)
        {
            _checks.CheckInterval(row, _observed, Interval);
        }

        bool isDropped = !_publisher.IsKind && _random.Next(30) == 0;
        PublishAnswer? answer = _publisher.Publish(row, Wall, _observed, isDropped);
        if (answer is { } known && (_publisher.IsKind || _random.Next(20) != 0))
        {
            _answers.Add((from, new EndpointInput.Answered(row.Id, known, known == PublishAnswer.Accepted ? "m-" + row.Id[..8] : null)));
        }
    }

    private void DeliverAnswer()
    {
        if (_answers.Count > 0)
        {
            int at = _random.Next(_answers.Count);
            (Activation to, EndpointInput input) = _answers[at];
            _answers.RemoveAt(at);
            to.Handle(input, _context, Wall);
        }
    }

    private void Diagnose()
    {
        if (_undiagnosed.Count > 0)
        {
            (string incident, Timestamp _) = _undiagnosed[^1];
            _undiagnosed.Clear();
            IncidentPattern pattern = (IncidentPattern)_random.Next(17);
            Handle(new EndpointInput.Diagnosed(incident, AlertFixtures.Diagnosis(pattern, _random.Next(2) == 0 ? "queue_depth" : "kv_cache_usage")));
        }
    }

    private void ChangeSilences() => _context = _context with
    {
        Silences = _random.Next(2) == 0 ? [] :
        [
            .. _series.Where(_ => _random.Next(2) == 0).Select(s => new Silence(
                "s-" + s.Policy.RuleId, [new Matcher("rule", MatchOperator.Equal, s.Policy.RuleId)], "known", "anna",
                Wall, Wall + TimeSpan.FromSeconds(_random.Next(30, 900)))),
        ],
    };

    private void ChangeRule(SimulatedSeries series)
    {
        bool isCondition = _random.Next(2) == 0;
        AlertPolicy policy = series.Policy with { RuleVersion = $"v{++_version}", For = Pick(Lengths), Keep = Pick(Lengths), Missing = Pick(Policies) };
        series.Policy = policy;
        _context = _context with { Policies = _context.Policies.Values.Where(p => p.RuleId != policy.RuleId).Append(policy).ToFrozenDictionary(p => p.RuleId) };
        if (isCondition)
        {
            series.Rewrite(_random.Next(3) switch { 0 => Truth.True, 1 => Truth.False, _ => Truth.Hold });
        }

        bool isDecided = isCondition && _random.Next(2) == 0 && series.HasNews(_time);
        Verdict? again = isDecided ? series.Speak() : null;
        EndpointInput changed = new EndpointInput.RuleChanged(policy.RuleId, isCondition, again is null ? [] : [again]);
        for (int at = 0; at < 2; at++)
        {
            Handle(changed, at, s => again is null
                ? Forgotten(s, policy, isCondition)
                : Forgotten(s, policy, isCondition).Hear(again, IsBelieved(again, at), isAgain: true));
        }
    }

    private static Shadow Forgotten(Shadow shadow, AlertPolicy policy, bool isCondition) => isCondition ? shadow.Forget(policy.RuleId) : shadow;

    private void Withdraw(SimulatedSeries series)
    {
        EndpointInput input = _random.Next(3) switch
        {
            0 => new EndpointInput.Retired(series.Entity),
            1 => new EndpointInput.Unselected(series.Policy.RuleId, series.Entity),
            _ => new EndpointInput.RuleRemoved(series.Policy.RuleId),
        };
        Handle(input);
    }

    private void Quieten()
    {
        _store.IsDown = false;
        _store.IsKind = true;
        _publisher.IsKind = true;
        _offset = TimeSpan.Zero;
        _active = 0;
        _activations[0].Crash();
        _activations[1].Crash();
        _context = _context with { Silences = [] };
        Observe();
    }

    private void Settle(Truth truth, int rounds)
    {
        foreach (SimulatedSeries series in _series)
        {
            series.Forced = truth;
        }

        for (int i = 0; i < rounds; i++)
        {
            Steps++;
            Pass(TimeSpan.FromSeconds(10));
            Speak(isLossy: false);
            Handle(new EndpointInput.Tick());
            while (_answers.Count > 0)
            {
                DeliverAnswer();
            }
        }
    }

    /// <summary>A14: from wherever chaos left it, everything comes to rest; and then A13 must hold.</summary>
    private void CheckRest()
    {
        EndpointAlertsState state = _activations[0].State;
        Require(state.Instances.Values.All(a => a.State == AlertState.Normal && a.FaultedSince is null), "A14", "an alert does not come to rest");
        Require(state.Incidents.IsEmpty, "A14", "an incident does not come to rest");
        Require(state.Rows.IsEmpty, "A14", "a notification does not come to rest: " + string.Join(' ', state.Rows.Values.Select(r => $"{r.Kind} {r.Why} {r.Status} {r.Reason}")));
        Require(state.Groups.IsEmpty, "A14", $"a group does not come to rest: told {state.Groups.Values.Sum(g => g.Told.Length)}, lost {state.Groups.Values.Sum(g => g.Lost.Length)}");
        if (!_mayWipe)
        {
            _checks.CheckEnds();
        }
    }

    /// <summary>And nothing is lost: what fires was told.</summary>
    private void CheckTold()
    {
        EndpointAlertsState state = _activations[0].State;
        Require(state.Instances.Values.Count(a => a.IsFiring) == _series.Length, "A14", "an alert does not fire");
        foreach (IncidentState incident in state.OpenIncidents)
        {
            Require(_publisher.Attempts.Exists(a => a.IsDelivered && NotifyDecision.Has(a.Row.News, incident.EpisodeId)), "Told", "an incident fires and nobody was told");
        }
    }

    private SimulatedSeries MakeSeries(int at)
    {
        AlertPolicy policy = AlertFixtures.Policy(
            $"rule-{at}", Pick(Lengths).TotalSeconds, Pick(Lengths).TotalSeconds, Pick(Policies), (Severity)_random.Next(3), version: "v0");
        EntityId entity = at switch
        {
            0 => AlertFixtures.Component,
            1 => AlertFixtures.Other,
            2 => EntityId.ForGpu(AlertFixtures.Endpoint, "i-0", "0"),
            _ => EntityId.ForGpu(AlertFixtures.Endpoint, "i-1", "3"),
        };
        return new SimulatedSeries(_random, policy, entity);
    }

    private AlertContext MakeContext()
    {
        Route route = new()
        {
            Name = "all",
            Receiver = "oncall",
            GroupWait = TimeSpan.FromSeconds(10),
            GroupInterval = Interval,
            Repeat = TimeSpan.FromMinutes(5),
            GroupBy = _random.Next(3) == 0 ? ["endpoint", "severity"] : ["endpoint", "incident", "severity"],
        };
        return AlertFixtures.Context([.. _series.Select(s => s.Policy)]) with
        {
            Routes = _random.Next(2) == 0 ? [route] : [route with { Name = "page", Matchers = [new Matcher("severity", MatchOperator.Equal, "page")], IsContinued = true }, route with { Name = "log", Receiver = "log" }],
            Receivers = new[] { new Receiver("oncall", "log"), new Receiver("log"), new Receiver("dead-man", null, IsWatchdog: _random.Next(4) == 0) }
                .ToImmutableDictionary(r => r.Name),
            Limits = AlertLimits.Default with
            {
                OnsetWithin = TimeSpan.FromSeconds(_random.Next(2) * 60),
                OutboxMax = _random.Next(4) == 0 ? 2 : 64,
                DiagnosisWait = TimeSpan.FromSeconds(_random.Next(2) * 15),
                IsStrict = _random.Next(2) == 0,
            },
        };
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
