using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>The working copy of one step of an endpoint's alerts: tables being built, effects and decisions so far.</summary>
internal sealed class EndpointRun(EndpointAlertsState start, AlertContext context, Timestamp now)
{
    private readonly List<EndpointEffect> _effects = [];
    private readonly List<AlertDecision> _decisions = [];

    private EndpointAlertsState _state = start;
    private ImmutableSortedDictionary<string, AlertInstance>.Builder? _instances;

    /// <summary>As it stands. Alerts that were put are gathered, and taken in when the whole is asked for.</summary>
    public EndpointAlertsState State
    {
        get
        {
            if (_instances is not null)
            {
                _state = _state with { Instances = _instances.ToImmutable() };
                _instances = null;
            }

            return _state;
        }

        set
        {
            _instances = null;
            _state = value;
        }
    }

    public int InstanceCount => _instances?.Count ?? _state.Instances.Count;

    public AlertContext Context { get; } = context;

    public Timestamp Now { get; } = now;

    public bool MustWrite { get; set; }

    /// <summary>Incidents whose members changed in this step, in order of their ids.</summary>
    public SortedSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public void Add(EndpointEffect effect)
    {
        _effects.Add(effect);
        MustWrite = true;
    }

    /// <summary>Sets room aside for so many decisions.</summary>
    public void Expect(int decisions) => _decisions.EnsureCapacity(decisions);

    public void Decide(string subject, AlertStage stage, string branch, string? by = null) =>
        _decisions.Add(new AlertDecision(subject, stage, branch, by));

    public void Count(AlertCounter counter) => State = State with
    {
        Counters = State.Counters.SetItem(counter, State.Counters.GetValueOrDefault(counter) + 1),
    };

    /// <summary>A bound was reached: counted, named, and what was there before stays.</summary>
    public void Refuse(string subject, AlertCounter limit)
    {
        Count(limit);
        Decide(subject, AlertStage.Limit, limit.ToString());
    }

    public AlertInstance? Instance(string fingerprint) => _instances is null
        ? _state.Instances.GetValueOrDefault(fingerprint)
        : _instances.GetValueOrDefault(fingerprint);

    public void Put(AlertInstance alert) => (_instances ??= _state.Instances.ToBuilder())[alert.Fingerprint] = alert;

    public void Put(IncidentState incident) => State = State with { Incidents = State.Incidents.SetItem(incident.Id, incident) };

    public void Put(AlertGroup group)
    {
        State = State with { Groups = State.Groups.SetItem(group.Key, group) };
        MustWrite = true;
    }

    public void Put(OutboxRow row)
    {
        State = State with { Rows = State.Rows.SetItem(row.Id, row) };
        MustWrite = true;
    }

    public EndpointStep Finish() => new(State, _effects, _decisions, MustWrite);
}
