using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Endpoints;

/// <content>What happens although nobody calls: a fed endpoint keeps itself, and judges the row that did not come.</content>
public sealed partial class EndpointGrain
{
    private static readonly TimeSpan TickLeast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TickMost = TimeSpan.FromSeconds(10);

    /// <summary>An endpoint that nobody fed for so long has no window left worth its memory.</summary>
    private static readonly TimeSpan LetGoAfter = TimeSpan.FromHours(24);

    private IGrainTimer? _ticks;
    private long _fedAt;
    private bool _isTickSoon;

    /// <summary>
    /// A fed owner is kept: its windows are worth more than the memory of an idle activation. One that was only asked
    /// for, by any name that a request made up, is collected like every idle grain.
    /// </summary>
    private void Feed()
    {
        _fedAt = time.GetTimestamp();
        _ticks ??= this.RegisterGrainTimer(OnTickAsync, new GrainTimerCreationOptions(TickLeast, TickMost) { KeepAlive = true });
    }

    /// <summary>Judges a row that did not become whole once it is two intervals old, and keeps the clock of a silent endpoint
    /// going.</summary>
    private async Task OnTickAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(Math.Max(_fedAt, _lease.WrittenAt)) > LetGoAfter)
        {
            // Nobody misses it any more.
            await _shard.Report(Line(), [], cancellationToken);
            _isLetGo = true;
            DeactivateOnIdle();
            return;
        }

        _isTickSoon = false;
        try
        {
            if (_hasNews)
            {
                // The last word of an endpoint whose data ended within a cadence.
                await ReportToFleetAsync(cancellationToken);
            }

            KeepBaselines();
            Checkpoint();
            await TakeRulesAsync();
            if (_clock == ClockDomain.Live)
            {
                await JudgeOverdueAsync();
            }
        }
        finally
        {
            // When the next row would be overdue, and not each second: a fleet has as many clocks as endpoints.
            _ticks?.Change(_clock == ClockDomain.Live ? UntilOverdue() : TickLeast, TickMost);
        }
    }

    private Task JudgeOverdueAsync()
    {
        TimeSpan interval = _monitor.Block.Interval;
        Timestamp row = WallClock().Floor(interval);
        return (_monitor.Block.Newest is not null || _watch.IsExpected) && (_monitor.AsOf is not { } asOf || asOf < row - interval)
            ? JudgeAsync(row - interval)
            : Task.CompletedTask;
    }

    private TimeSpan UntilOverdue()
    {
        TimeSpan left = _monitor.AsOf is { } asOf ? asOf + (_monitor.Block.Interval * 2) - WallClock() : TickLeast;
        return left < TickLeast ? TickLeast : left > TickMost ? TickMost : left;
    }

    /// <summary>For what cannot wait for the next row to be overdue.</summary>
    private void TickSoon()
    {
        if (_isTickSoon)
        {
            // Once: rows that come quickly must not put the tick off again and again.
            return;
        }

        _isTickSoon = true;
        _ticks?.Change(FleetCadence, TickMost);
    }
}
