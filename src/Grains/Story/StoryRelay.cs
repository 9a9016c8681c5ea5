using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Grainwatch.Grains.Interfaces.Story;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Story;

/// <summary>
/// Hands what is told in this silo to the story of the cluster, beside every grain's turn. While the story cannot be reached, lines
/// wait; of more than <see cref="WaitingMax"/> the oldest are lost.
/// </summary>
public sealed partial class StoryRelay(IGrainFactory grains, ILocalSiloDetails silo, TimeProvider time, ILogger<StoryRelay> logger)
    : IStoryListener, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Lines that wait here.</summary>
    public const int WaitingMax = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<StoryLine> _lines = Channel.CreateBounded<StoryLine>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _end = new();
    private Task _pump = Task.CompletedTask;

    public void Tell(StoryEvent story)
    {
        ArgumentNullException.ThrowIfNull(story);
        ArrayBufferWriter<byte> json = new();
        StoryEventJson.Write(story, TopologyMap.Empty, json);
        _lines.Writer.TryWrite(new StoryLine(0, StoryEventJson.Order(story).Type, Encoding.UTF8.GetString(json.WrittenSpan), time.GetUtcNow()));
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(StoryRelay), ServiceLifecycleStage.Active, Start, Stop);
    }

    public void Dispose() => _end.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _pump = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _pump;
    }

    private async Task RunAsync()
    {
        // Numbers go on where this process stands, and its address is never that of another.
        string teller = silo.SiloAddress.ToParsableString();
        long first = 1;
        try
        {
            while (await _lines.Reader.WaitToReadAsync(_end.Token))
            {
                List<StoryLine> batch = [];
                while (batch.Count < IStoryGrain.LinesMax && _lines.Reader.TryRead(out StoryLine? line))
                {
                    batch.Add(line);
                }

                await TellAsync(teller, first, [.. batch]);
                first += batch.Count;
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The silo stops; what nobody has taken yet is a line lost, never a page.
        }
    }

    private async Task TellAsync(string teller, long first, StoryLine[] lines)
    {
        for (int attempt = 1; !_end.IsCancellationRequested; attempt++)
        {
            try
            {
                await grains.GetGrain<IStoryGrain>(IStoryGrain.TheOne).Tell(teller, first, lines);
                return;
            }
            catch (Exception e)
            {
                LogNotTold(logger, lines.Length, attempt, e);
                await Task.Delay(Pause, time, _end.Token);
            }
        }
    }

    [LoggerMessage(EventId = 1, EventName = "StoryNotTold", Level = LogLevel.Warning,
        Message = "{Lines} lines of the story were not taken, attempt {Attempt}")]
    private static partial void LogNotTold(ILogger logger, int lines, int attempt, Exception exception);
}
