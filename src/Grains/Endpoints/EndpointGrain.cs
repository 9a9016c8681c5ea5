using System.Text;
using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Ingest;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.Placement;
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
using Microsoft.Extensions.Options;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Owns the monitor of one endpoint: takes points and scores in, judges, and tells its correlation grain.</summary>
[HomePlacement]
public sealed partial class EndpointGrain(
    RulesInForce rules, WindowLeases leases, Handovers handovers, SeriesDirectory directory, IClusterMembershipService membership,
    GrainInstruments instruments, TrialDesk trials, IOptions<CheckpointOptions> checkpoints, TimeProvider time, ILogger<EndpointGrain> logger)
        : Grain, IEndpointGrain
{
    private static readonly TimeSpan FleetCadence = TimeSpan.FromSeconds(1);

    private readonly ScoreAdmission _admission = new();
    private string _key = null!;
    private EndpointMonitor _monitor = null!;
    private WindowLease _lease = null!;
    private EndpointIntake _intake = null!;
    private EndpointWatch _watch = null!;
    private ICorrelationGrain _correlation = null!;
    private IFleetShardGrain _shard = null!;
    private ClockDomain _clock = ClockDomain.Live;
    private long _reportedAt;
    private bool _isReported;
    private bool _hasNews;
    private long _rulesVersion;

    /// <summary>Of another activation, versions count from elsewhere: its topology is never taken for this one's.</summary>
    private int _topologyBase;
    private int _topologyTold;
    private IncidentCount _incidents = new(0, null);

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

    public Task Watch(WatchedSeries[] watched)
    {
        if (_ticks is null)
        {
            Feed();
            _watch.Expect(watched);
        }

        // Not at once: the shard waits for this answer. It hears of us with the next judgement.
        _hasNews = true;
        return Task.CompletedTask;
    }

    public Task<EndpointView> GetState(CancellationToken cancellationToken) => Task.FromResult(EndpointViews.Endpoint(_monitor, _clock));

    public Task<EntityView?> GetEntity(EntityId entity, CancellationToken cancellationToken) =>
        Task.FromResult(EndpointViews.Entity(_monitor, entity));

    public Task<TopologyVersion> GetTopology(CancellationToken cancellationToken) =>
        Task.FromResult(Topology(isWhole: true));

    public Task<SeriesData[]> Export(Timestamp from, Timestamp to, CancellationToken cancellationToken) =>
        Task.FromResult<SeriesData[]>([.. _monitor.Block.Export(from, to)]);

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
        else
        {
            TickSoon();
        }
    }

    private FleetLine Line() => EndpointViews.Line(_monitor, _clock, _incidents.Open, _incidents.Severity);

    private int TopologyNumber => _topologyBase + _monitor.TopologyVersion;

    private Timestamp WallClock() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
