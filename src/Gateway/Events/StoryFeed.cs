using Grainwatch.Gateway.Options;
using Grainwatch.Grains.Interfaces.Story;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Events;

/// <summary>
/// What this gateway has of the cluster's story, for those who watch it here. Its numbers are those of the cluster, so that one can
/// go on at another gateway. A watcher that falls behind loses lines, never anyone else's time.
/// </summary>
public sealed class StoryFeed(IOptions<EventOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();

    // Options that cannot be are told by name when the process starts; reading them here would be earlier.
    private readonly Lazy<KeptStory> _kept = new(() => new KeptStory(options.Value.Kept, options.Value.KeptMax, options.Value.KeptBytesMax));

    private readonly TaskCompletionSource _following = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _epoch;

    /// <summary>Completes when the story was read for the first time.</summary>
    public Task Following => _following.Task;

    /// <summary>The newest place in the story: its epoch, in Unix milliseconds, and the sequence of its newest line.</summary>
    public (long Epoch, long Sequence) Newest
    {
        get
        {
            lock (_gate)
            {
                return (_epoch, _kept.Value.Newest);
            }
        }
    }

    /// <summary>Takes in what the cluster told next.</summary>
    public void Take(StoryPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        TaskCompletionSource told;
        lock (_gate)
        {
            if (page.IsGap || page.Epoch != _epoch)
            {
                _epoch = page.Epoch;
                _kept.Value.Begin(page.After);
            }

            DateTimeOffset now = time.GetUtcNow();
            foreach (StoryLine line in page.Lines)
            {
                _kept.Value.Add(line, now);
            }

            told = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _following.TrySetResult();
        told.SetResult();
    }

    /// <summary>The lines after a place in the story.</summary>
    /// <param name="place">An epoch and a sequence of it.</param>
    /// <param name="lines">In order; null when some of them are no longer kept, or never were.</param>
    /// <returns>Completes when there is something new.</returns>
    public Task After((long Epoch, long Sequence) place, out IReadOnlyList<StoryLine>? lines)
    {
        lock (_gate)
        {
            lines = place.Epoch == _epoch ? _kept.Value.After(place.Sequence, time.GetUtcNow()) : null;
            return _news.Task;
        }
    }
}
