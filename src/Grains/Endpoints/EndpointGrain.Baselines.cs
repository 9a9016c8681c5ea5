using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality.Statistics;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints;

/// <content>What the quality detectors learn is stored on a cadence, beside the turns of this grain, and read when it wakes.</content>
public sealed partial class EndpointGrain
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(30);

    /// <summary>A recording may play faster than the wall's clock: what it goes back by after a restart must cover this.</summary>
    private static readonly TimeSpan KeepEveryOfEvents = TimeSpan.FromMinutes(15);

    private long _keptAt;
    private long _keptTaken;
    private Timestamp? _keptTo;
    private bool _isKeeping;

    public async Task ForgetBaselines(CancellationToken cancellationToken)
    {
        await Baselines.Forget(cancellationToken);
        _monitor.Quality.Clear();
        _keptTaken = _monitor.Quality.Taken;
    }

    private IBaselineGrain Baselines => GrainFactory.GetGrain<IBaselineGrain>(_key);

    private async Task RestoreBaselinesAsync(CancellationToken cancellationToken)
    {
        _keptAt = time.GetTimestamp();
        try
        {
            BaselineBook book = await Baselines.Read(cancellationToken);
            if (book.Head.Length > 0)
            {
                _monitor.Quality.Restore(StoredBaselines.Unpack(book.Head, book.History));
                _monitor.Quality.Remember();
            }
        }
        catch (Exception e)
        {
            // Whatever is wrong with the store or the document: warming anew is what happens without one.
            _monitor.Quality.Clear();
            LogBaselinesNotRead(logger, _monitor.Id, e);
        }
    }

    /// <summary>Begins to store what was learnt since, unless that is under way or was done a moment ago.</summary>
    private void KeepBaselines()
    {
        bool isDue = time.GetElapsedTime(_keptAt) >= KeepEvery
            || (_monitor.AsOf is { } asOf && (_keptTo is not { } to || asOf - to >= KeepEveryOfEvents));
        if (_isKeeping || !isDue || _monitor.Quality.Taken == _keptTaken)
        {
            return;
        }

        (_isKeeping, _keptAt, _keptTo) = (true, time.GetTimestamp(), _monitor.AsOf);
        _ = KeepBaselinesAsync(_monitor.Quality.Save(StoredBaselines.StreamsMax), _monitor.Quality.Taken);
    }

    private async Task KeepBaselinesAsync(QualityMonitorState state, long taken)
    {
        try
        {
            (byte[] head, byte[] history) = await Task.Run(() => StoredBaselines.Pack(state, out _));
            await Baselines.Keep(new BaselineBook(head, history), CancellationToken.None);
            _keptTaken = taken;
        }
        catch (Exception e)
        {
            // Tried again on the next cadence; until then what is stored is older.
            LogBaselinesNotKept(logger, _monitor.Id, e);
        }
        finally
        {
            _isKeeping = false;
        }
    }

    [LoggerMessage(EventId = 2, EventName = "BaselinesNotRead", Level = LogLevel.Warning,
        Message = "the stored baselines of {Endpoint} were not to be had; its quality detectors begin anew")]
    private static partial void LogBaselinesNotRead(ILogger logger, Signals.Topology.EntityId endpoint, Exception exception);

    [LoggerMessage(EventId = 3, EventName = "BaselinesNotKept", Level = LogLevel.Warning,
        Message = "the baselines of {Endpoint} were not stored; tried again")]
    private static partial void LogBaselinesNotKept(ILogger logger, Signals.Topology.EntityId endpoint, Exception exception);
}
