using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Signals.Rules;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Rules;

/// <summary>
/// The rules that this silo judges by. Grains wait for <see cref="Loaded"/> when they wake, compare <see cref="Version"/> when
/// they judge, and so have taken a change at their next row. The rule book tells of a change at once; who missed that is set
/// right by a look every few seconds.
/// </summary>
public sealed partial class RulesInForce(RuleBase start, IGrainFactory grains, TimeProvider time, ILogger<RulesInForce> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _writing = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile Held _held = new(0, start.Applied(start.Rules));

    public RuleSet Rules => _held.Rules;

    /// <summary>0 until the rule book has been read.</summary>
    public long Version => _held.Number;

    /// <summary>Ends when the rule book was read, or could not be for so long that the rules of the start have to do.</summary>
    public Task Loaded => _loaded.Task;

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(RulesInForce), ServiceLifecycleStage.Active, Start, _ => _stop.CancelAsync());
    }

    /// <summary>Takes a set that was just stored, where it is newer.</summary>
    public void Take(long number, RuleSet rules)
    {
        lock (_writing)
        {
            _held = number > _held.Number ? new Held(number, start.Applied(rules)) : _held;
        }
    }

    /// <summary>Reads the rule book unless the silo has this version already. Of many who ask at a time one reads.</summary>
    public async Task RefreshAsync(long atLeast)
    {
        if (Version >= atLeast)
        {
            return;
        }

        await _gate.WaitAsync();
        try
        {
            if (Version < atLeast)
            {
                await ReadAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _gate.Dispose();
    }

    private async Task ReadAsync()
    {
        RuleText text = await grains.GetGrain<IRuleBookGrain>(IRuleBookGrain.TheOne).GetText(Version, CancellationToken.None);
        if (text.Number <= Version)
        {
            return;
        }

        RuleSet rules = start.Rules;
        if (text.Text is not null && text.Hash != start.Rules.Hash)
        {
            RuleSet stored = RuleFile.Parse(text.Text, "rules", out IReadOnlyList<RuleError> errors);
            if (errors.Count > 0)
            {
                // Stored by another program: what this one cannot read it must not half obey.
                LogUnreadable(logger, text.Number, errors[0].ToString());
            }
            else
            {
                rules = stored;
            }
        }

        Take(text.Number, rules);
    }

    /// <summary>The silo's start does not wait: grains do, when they wake.</summary>
    private Task Start(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => WatchAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        long began = time.GetTimestamp();
        using PeriodicTimer looks = new(LookEvery, time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
                _loaded.TrySetResult();
            }
            catch (Exception e)
            {
                LogNotRead(logger, e);
                if (time.GetElapsedTime(began) >= Patience)
                {
                    _loaded.TrySetResult();
                }
            }

            try
            {
                await looks.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        _loaded.TrySetResult();
    }

    [LoggerMessage(EventId = 1, EventName = "RulesNotRead", Level = LogLevel.Warning,
        Message = "the stored rules were not to be had; asked again in some seconds")]
    private static partial void LogNotRead(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2, EventName = "RulesUnreadable", Level = LogLevel.Error,
        Message = "version {Number} of the stored rules cannot be read by this program ({Fault}): the rules of the start are in force")]
    private static partial void LogUnreadable(ILogger logger, long number, string fault);

    private sealed record Held(long Number, RuleSet Rules);
}
