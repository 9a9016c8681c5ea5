using Grainwatch.Grains.Interfaces.Story;

namespace Grainwatch.Grains.Story;

/// <summary>
/// Keeps the story for ten minutes, in memory. When it is lost with its silo a new epoch begins, and whoever watches is told
/// that the lists must be read anew.
/// </summary>
[CollectionAgeLimit(AlwaysActive = true)]
public sealed class StoryGrain(TimeProvider time) : Grain, IStoryGrain
{
    private const int TellersMax = 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly KeptStory _story = new(TimeSpan.FromMinutes(10), countMax: 10_000, bytesMax: 32 << 20);
    private readonly Dictionary<string, long> _heard = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _epoch;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = time.GetUtcNow().ToUnixTimeMilliseconds();
        return Task.CompletedTask;
    }

    public Task Tell(string teller, long first, StoryLine[] lines)
    {
        if (!_heard.ContainsKey(teller) && _heard.Count >= TellersMax)
        {
            // Silos that are long gone: what one of them would say again is told twice.
            _heard.Clear();
        }

        DateTimeOffset now = time.GetUtcNow();
        long heard = _heard.GetValueOrDefault(teller);
        foreach (StoryLine line in lines.Skip((int)Math.Clamp(heard - first + 1, 0, lines.Length)))
        {
            _story.Add(line with { Sequence = _story.Newest + 1 }, now);
        }

        _heard[teller] = Math.Max(heard, first + lines.Length - 1);
        TaskCompletionSource told = _news;
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        told.SetResult();
        return Task.CompletedTask;
    }

    public async Task<StoryPage> Read(long epoch, long after, CancellationToken cancellationToken)
    {
        if (epoch == _epoch && after == _story.Newest)
        {
            try
            {
                await _news.Task.WaitAsync(Patience, time, cancellationToken);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                return new StoryPage(_epoch, after, [], IsGap: false);
            }
        }

        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<StoryLine>? lines = epoch == _epoch ? _story.After(after, now) : null;
        long from = lines is null ? _story.Oldest(now) - 1 : after;
        return new StoryPage(_epoch, from, [.. (lines ?? _story.After(from, now)!).Take(IStoryGrain.LinesMax)], IsGap: lines is null);
    }
}
