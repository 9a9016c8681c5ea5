using Grainwatch.Grains.Interfaces.Story;

namespace Grainwatch.Gateway.Events;

/// <summary>Reads the story of the cluster into this gateway's feed, one call at a time; each waits at the other end for news.</summary>
public sealed partial class StoryFollower(
    IGrainFactory grains, StoryFeed feed, IHostApplicationLifetime life, TimeProvider time, ILogger<StoryFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, life.ApplicationStopping);
        try
        {
            // A silo in the same process is not there before.
            await StartedAsync(end.Token);
            while (!end.IsCancellationRequested)
            {
                await ReadAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task StartedAsync(CancellationToken end)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(end);
    }

    private async Task ReadAsync(CancellationToken end)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        try
        {
            patience.CancelAfter(Patience);
            (long epoch, long sequence) = feed.Newest;
            feed.Take(await grains.GetGrain<IStoryGrain>(IStoryGrain.TheOne).Read(epoch, sequence, patience.Token));
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // Nothing came, and the other end did not say so.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotRead(logger, e);
            await Task.Delay(Pause, time, end);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "StoryNotRead", Level = LogLevel.Warning,
        Message = "the story of the cluster cannot be read; those who watch events wait")]
    private static partial void LogNotRead(ILogger logger, Exception exception);
}
