using System.Text;
using Grainwatch.Grains.Ingest;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.Rules;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Grains.WhatIf;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Owns the monitor of one endpoint: takes points and scores in, judges, and tells its correlation grain.</summary>
public sealed partial class EndpointGrain(
    RulesInForce rules, WindowLeases leases, SeriesDirectory directory, GrainInstruments instruments, TrialDesk trials, TimeProvider time,
    ILogger<EndpointGrain> logger)
        : Grain, IEndpointGrain
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FleetCadence = TimeSpan.FromSeconds(1);

    /// <summary>An endpoint that nobody fed for so long has no window left worth its memory.</summary>
    private static readonly TimeSpan LetGoAfter = TimeSpan.FromHours(24);

    private readonly ScoreAdmission _admission = new();
    private EndpointMonitor _monitor = null!;
    private WindowLease _lease = null!;
    private EndpointIntake _intake = null!;
    private ICorrelationGrain _correlation = null!;
    private IFleetShardGrain _shard = null!;
    private ClockDomain _clock = ClockDomain.Live;
    private IGrainTimer? _ticks;
    private long _fedAt;
    private long _reportedAt;
    private bool _isReported;
    private bool _hasNews;
    private long _rulesVersion;
    private IncidentCount _incidents = new(0, null);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await rules.Loaded;
        string key = this.GetPrimaryKeyString();
        EntityId id = EntityId.ParseKey(key);
        VerdictEpoch epoch = new(0, Timestamp.FromDateTimeOffset(time.GetUtcNow()), this.RuntimeIdentity);
        _rulesVersion = rules.Version;
        _monitor = new EndpointMonitor(id, rules.Rules, MonitorOptions.Default, epoch);
        _lease = leases.Open(key, _monitor);
        _lease.IsLive = true;
        _intake = new EndpointIntake(_monitor, _lease, directory, instruments);
        _correlation = GrainFactory.GetGrain<ICorrelationGrain>(key);
        _shard = GrainFactory.GetGrain<IFleetShardGrain>(FleetShards.Of(key));
        await RestoreBaselinesAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        leases.Close(_lease);
        return Task.CompletedTask;
    }

    public async Task Declare(string topologyJson, ClockDomain clock, CancellationToken cancellationToken)
    {
        Feed();
        _clock = clock;
        _lease.IsLive = clock == ClockDomain.Live;
        _monitor.Declare(TopologyReader.Read(Encoding.UTF8.GetBytes(topologyJson)));
        await ReportToFleetAsync(cancellationToken);
    }

    public async Task<WriteReceipt> Write(SeriesWrite[] batch, CancellationToken cancellationToken)
    {
        Feed();
        WriteReceipt receipt = _intake.Write(batch, _clock == ClockDomain.Live ? WallClock() : null);
        await JudgeWholeRowAsync();

        if (!_isReported)
        {
            await ReportToFleetAsync(cancellationToken);
        }

        return receipt;
    }

    public Task RowIsWhole(CancellationToken cancellationToken)
    {
        Feed();
        return JudgeWholeRowAsync();
    }

    public async Task Score(QualityScore[] scores, CancellationToken cancellationToken)
    {
        Feed();
        int refused = 0;
        foreach (QualityScore score in scores)
        {
            if (_admission.Admit(score))
            {
                _monitor.Score(score);
            }
            else
            {
                refused++;
            }
        }

        if (refused > 0)
        {
            instruments.Refused("TooManyScoreStreams", refused);
        }

        if (!_isReported)
        {
            // An endpoint may live by its answers alone.
            await ReportToFleetAsync(cancellationToken);
        }
    }

    public Task Advance(Timestamp now, CancellationToken cancellationToken) => JudgeAsync(now);

    public Task Rehydrate(Timestamp now, CancellationToken cancellationToken)
    {
        if (_monitor.AsOf is not { } asOf || now > asOf)
        {
            _monitor.Judge(now);
        }

        return Task.CompletedTask;
    }

    public Task<EndpointView> GetState(CancellationToken cancellationToken) => Task.FromResult(EndpointViews.Endpoint(_monitor, _clock));

    public Task<EntityView?> GetEntity(EntityId entity, CancellationToken cancellationToken) =>
        Task.FromResult(EndpointViews.Entity(_monitor, entity));

    public Task<TopologyVersion> GetTopology(CancellationToken cancellationToken) =>
        Task.FromResult(new TopologyVersion(_monitor.TopologyVersion, TopologyWriter.Write(_monitor.Topology), _clock));

    public Task<SeriesData[]> Export(Timestamp from, Timestamp to, CancellationToken cancellationToken) =>
        Task.FromResult<SeriesData[]>([.. _monitor.Block.Export(from, to)]);

    /// <summary>
    /// A fed owner is kept: its windows are worth more than the memory of an idle activation. One that was only asked
    /// for, by any name that a request made up, is collected like every idle grain.
    /// </summary>
    private void Feed()
    {
        _fedAt = time.GetTimestamp();
        _ticks ??= this.RegisterGrainTimer(OnTickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { KeepAlive = true });
    }

    /// <summary>Judges a row that did not become whole once it is two intervals old, and keeps the clock of a silent endpoint
    /// going.</summary>
    private async Task OnTickAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(Math.Max(_fedAt, _lease.WrittenAt)) > LetGoAfter)
        {
            DeactivateOnIdle();
            return;
        }

        if (_hasNews)
        {
            // The last word of an endpoint whose data ended within a cadence.
            await ReportToFleetAsync(cancellationToken);
        }

        KeepBaselines();
        await TakeRulesAsync();
        if (_clock != ClockDomain.Live)
        {
            return;
        }

        TimeSpan interval = _monitor.Block.Interval;
        Timestamp row = WallClock().Floor(interval);
        if (_monitor.Block.Newest is not null && (_monitor.AsOf is not { } asOf || asOf < row - interval))
        {
            await JudgeAsync(row - interval);
        }
    }

    private Task JudgeWholeRowAsync() => _clock == ClockDomain.Live && _monitor.Block.Progress is { IsWhole: true } row
        ? JudgeAsync(row.Bucket + _monitor.Block.Interval)
        : Task.CompletedTask;

    /// <summary>
    /// Takes no token: a judgement that has begun is carried to its end. Whoever wrote the point may hang up, and must
    /// not cut a page off between its decision and its delivery.
    /// </summary>
    private async Task JudgeAsync(Timestamp end)
    {
        if (_monitor.AsOf is { } asOf && end <= asOf)
        {
            return;
        }

        await TakeRulesAsync();
        _hasNews = true;
        await TellAsync(_monitor.Judge(end), end);
        if (!_isReported || time.GetElapsedTime(_reportedAt) >= FleetCadence)
        {
            await ReportToFleetAsync(CancellationToken.None);
        }
    }

    private async Task TellAsync(IReadOnlyList<Verdict> verdicts, Timestamp end)
    {
        foreach (IGrouping<Truth, Verdict> told in verdicts.GroupBy(v => v.Truth))
        {
            instruments.Judged(told.Key.ToString(), told.Count());
        }

        try
        {
            _incidents = await _correlation.Report([.. verdicts], end, _monitor.TopologyVersion, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Whatever went wrong there (a store, a silo) is no reason to refuse a point that is in its window already: the
            // verdicts are told again with the next heartbeat.
            LogNotTold(logger, verdicts.Count, _monitor.Id, e);
        }
    }

    private async Task ReportToFleetAsync(CancellationToken cancellationToken)
    {
        _reportedAt = time.GetTimestamp();
        _hasNews = false;
        _isReported = await _shard.Report(EndpointViews.Line(_monitor, _clock, _incidents.Open, _incidents.Severity), cancellationToken);
    }

    private Timestamp WallClock() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
