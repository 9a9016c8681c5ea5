using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>One activation of the endpoint's grain: the shell, as simple as a shell may be.</summary>
/// <remarks>
/// It writes what must be written and publishes only after that. What cannot be written stays in memory, except what a
/// tick decided, which the next tick decides again; after a minute, pages go out unrecorded. A lost race throws the state away.
/// </remarks>
internal sealed class Activation(string name, StepFunction step, FakeStore store, SimulationChecks checks, Action<Activation, OutboxRow> publish)
{
    private long _etag = store.Etag;
    private bool _isDirty;
    private Timestamp? _refusedSince;

    public string Name { get; } = name;

    public EndpointAlertsState State { get; private set; } = store.State;

    public Shadow Shadow { get; private set; } = store.Shadow;

    public bool IsDead { get; private set; }

    /// <summary>Loses everything in memory.</summary>
    public void Crash()
    {
        IsDead = store.IsDown;
        if (!IsDead)
        {
            (State, Shadow, _etag, _isDirty, _refusedSince) = (store.State, store.Shadow, store.Etag, false, null);
        }
    }

    public void Handle(EndpointInput input, AlertContext context, Timestamp now, Func<Shadow, Shadow>? hear = null)
    {
        if (IsDead)
        {
            Crash();
        }

        if (IsDead)
        {
            return;
        }

        Shadow shadow = hear is null ? Shadow : hear(Shadow);
        EndpointStep result = Step(input, context, now, shadow);
        if (!result.MustWrite && !_isDirty)
        {
            (State, Shadow) = (result.State, shadow);
            return;
        }

        switch (store.Write(result.State, shadow, _etag))
        {
            case true:
                (State, Shadow, _etag, _isDirty, _refusedSince) = (result.State, shadow, store.Etag, false, null);
                Publish(result, context, now);
                break;
            case false:
                Crash();
                break;
            default:
                Refused(input, result, shadow, context, now);
                break;
        }
    }

    private void Refused(EndpointInput input, EndpointStep result, Shadow shadow, AlertContext context, Timestamp now)
    {
        _refusedSince = _refusedSince is { } since && since <= now ? since : now;
        EndpointStep kept = input is EndpointInput.Tick ? Step(new EndpointInput.StoreRefused(_refusedSince.Value), context, now, shadow) : result;
        (State, Shadow, _isDirty) = (kept.State, shadow, true);
        Publish(kept, context, now);
    }

    private EndpointStep Step(EndpointInput input, AlertContext context, Timestamp now, Shadow shadow)
    {
        EndpointStep result = step(State, input, context with { Activation = Name }, now);
        checks.AfterStep(State, input, result, shadow);
        return result;
    }

    private void Publish(EndpointStep result, AlertContext context, Timestamp now)
    {
        foreach (EndpointEffect.PublishWanted wanted in result.Effects.OfType<EndpointEffect.PublishWanted>())
        {
            checks.CheckAttempt(wanted, result.State, context, now);
            publish(this, wanted.Row);
        }
    }
}
