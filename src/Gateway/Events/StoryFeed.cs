using System.Buffers;
using System.Text;
using Grainwatch.Gateway.Options;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Events;

/// <summary>
/// Keeps the last lines of the story, numbered, for those who watch it. Bounded by age, count and bytes; the oldest goes first.
/// A watcher that falls behind loses lines, never anyone else's time.
/// </summary>
public sealed class StoryFeed : IStoryListener
{
    private readonly Lock _gate = new();
    private readonly Queue<StoryLine> _lines = new();
    private readonly EventOptions _options;
    private readonly TimeProvider _time;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _newest;
    private long _bytes;

    public StoryFeed(IOptions<EventOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;

        // Numbers begin anew with every process, so the moment of its start is part of an id.
        Epoch = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>When this feed began, in Unix milliseconds.</summary>
    public long Epoch { get; }

    /// <summary>Sequence of the newest line; 0: there is none yet.</summary>
    public long Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    public void Tell(StoryEvent story)
    {
        ArgumentNullException.ThrowIfNull(story);
        ArrayBufferWriter<byte> json = new();
        StoryEventJson.Write(story, TopologyMap.Empty, json);
        string data = Encoding.UTF8.GetString(json.WrittenSpan);
        TaskCompletionSource told;
        lock (_gate)
        {
            _lines.Enqueue(new StoryLine(++_newest, StoryEventJson.Order(story).Type, data, _time.GetUtcNow()));
            _bytes += data.Length;
            Forget();
            told = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }

    /// <summary>The lines after a sequence.</summary>
    /// <param name="sequence">0 and more.</param>
    /// <param name="lines">In order; null when some of them are no longer kept, or never were.</param>
    /// <returns>Completes when there is another line.</returns>
    public Task After(long sequence, out IReadOnlyList<StoryLine>? lines)
    {
        lock (_gate)
        {
            Forget();
            long oldest = _lines.TryPeek(out StoryLine? first) ? first.Sequence : _newest + 1;
            lines = sequence > _newest || sequence < oldest - 1 ? null : [.. _lines.Where(l => l.Sequence > sequence)];
            return _news.Task;
        }
    }

    private void Forget()
    {
        DateTimeOffset limit = _time.GetUtcNow() - _options.Kept;
        while (_lines.TryPeek(out StoryLine? oldest) && (oldest.ToldAt < limit || _lines.Count > _options.KeptMax
            || _bytes > _options.KeptBytesMax))
        {
            _bytes -= oldest.Data.Length;
            _lines.Dequeue();
        }
    }
}
