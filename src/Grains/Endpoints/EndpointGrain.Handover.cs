using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints;

/// <content>Where the windows come from when it activates, and where they go when it ends.</content>
public sealed partial class EndpointGrain : IGrainMigrationParticipant
{
    private const string HandoverKey = "grainwatch.windows";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private WindowHandover? _carried;
    private WindowHandover? _left;
    private VerdictEpoch _epoch;

    /// <summary>True: nobody fed it for so long that what it has is worth nothing.</summary>
    private bool _isLetGo;

    /// <summary>Of a migration; comes before <see cref="OnActivateAsync"/>.</summary>
    public void OnRehydrate(IRehydrationContext rehydrationContext) => rehydrationContext.TryGetValue(HandoverKey, out _carried);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await rules.Loaded;
        _rulesVersion = rules.Version;
        _key = this.GetPrimaryKeyString();
        _correlation = GrainFactory.GetGrain<ICorrelationGrain>(_key);
        _shard = GrainFactory.GetGrain<IFleetShardGrain>(FleetShards.Of(_key));
        IEnumerable<WindowHandover> parked = await handovers.FindAsync(_key);
        IEnumerable<WindowHandover> all = parked.Concat(_carried is null ? [] : [_carried]).DistinctBy(h => h.Id);
        Begin([.. all.OrderBy(h => (h.MembershipVersion, h.ActivationStartUnixMs, h.Copy ?? long.MaxValue))]);
        if (_taken.Count == 0)
        {
            // What an activation hands over knows more than what was stored of it.
            await RestoreBaselinesAsync(cancellationToken);
        }

        // They stay parked until the first turn of a valid activation (see TakeOver): one that is cancelled in the midst of this
        // leaves nothing.
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Closed first: what is written from here on is refused, and asks for the next activation.
        leases.Close(_lease);
        if (_monitor.Block.Newest is not null && !_isLetGo)
        {
            _left = Left(ActivationName);
            handovers.Leave(_key, _left);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Comes after <see cref="OnDeactivateAsync"/>. What travels with the activation stays parked as well, in case it does not arrive.
    /// </summary>
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_left is not null)
        {
            dehydrationContext.TryAddValue(HandoverKey, _left);
        }
    }

    public Task GoHome()
    {
        this.MigrateOnIdle();
        return Task.CompletedTask;
    }

    public async Task TakeOver()
    {
        foreach (WindowHandover handover in await handovers.FindAsync(_key))
        {
            Absorb(handover);
        }

        string[] ids = [.. _taken];
        await handovers.ForgetAsync(_key, ids);
        _taken.ExceptWith(ids);
    }

    /// <summary>Goes on where the newest of those before was, and fills holes from the others.</summary>
    private void Begin(WindowHandover[] before)
    {
        WindowHandover? last = before.LastOrDefault();
        _epoch = new VerdictEpoch(
            Math.Max(membership.CurrentSnapshot.Version.Value, last?.MembershipVersion ?? 0),
            Timestamp.Max(WallClock(), new Timestamp((last?.ActivationStartUnixMs ?? 0) + 1)),
            this.RuntimeIdentity);
        _topologyBase = (int)(_epoch.ActivationStart.UnixMs & 0x3FFF_FFFF) + 1;
        EntityId id = EntityId.ParseKey(_key);
        IntakeState? intake = null;
        _monitor = (last is null ? null : Try(() =>
        {
            HandoverBody body = Body(last);
            EndpointMonitor monitor = EndpointMonitor.Restore(id, rules.Rules, MonitorOptions.Default, _epoch, body.Monitor);
            intake = body.Intake;
            return monitor;
        })) ?? new EndpointMonitor(id, rules.Rules, MonitorOptions.Default, _epoch);
        _clock = last?.Clock ?? ClockDomain.Live;
        _lease = leases.Open(_key, _monitor);
        _lease.IsLive = _clock == ClockDomain.Live;
        _watch = new EndpointWatch(_monitor, time);
        _intake = new EndpointIntake(_monitor, _lease, directory, instruments, intake);
        if (last is not null)
        {
            _taken.UnionWith([last.Id, .. last.Includes]);
            Feed();
        }

        foreach (WindowHandover other in before)
        {
            Absorb(other);
        }
    }

    private void Absorb(WindowHandover handover)
    {
        if (_taken.Add(handover.Id))
        {
            _taken.UnionWith(handover.Includes);
            Try(() =>
            {
                _monitor.Absorb(Body(handover).Monitor);
                return _monitor;
            });
            Feed();
        }
    }

    /// <summary>After a copy something is missing: what rules say of it counts as little as what an empty window says, until it is filled.</summary>
    private static HandoverBody Body(WindowHandover handover)
    {
        HandoverBody body = HandoverBody.FromJson(handover.Body);
        return handover.Copy is null ? body : body with { Monitor = body.Monitor with { First = null } };
    }

    /// <returns>Null: what was left cannot be read, and is lost; an endpoint that could not begin would be worse.</returns>
    private EndpointMonitor? Try(Func<EndpointMonitor> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            LogNotReadable(logger, _key, e);
            return null;
        }
    }

    [LoggerMessage(EventId = 4, EventName = "HandoverNotReadable", Level = LogLevel.Error,
        Message = "the windows that {Endpoint} had elsewhere cannot be read; it begins without them")]
    private static partial void LogNotReadable(ILogger logger, string endpoint, Exception exception);
}
