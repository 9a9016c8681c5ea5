namespace Grainwatch.Grains.Interfaces.Story;

/// <summary>The last lines of a story, bounded by age, count and bytes; the oldest goes first. Not thread-safe.</summary>
/// <param name="age">How long a line is kept.</param>
/// <param name="countMax">How many.</param>
/// <param name="bytesMax">Characters of their data together.</param>
public sealed class KeptStory(TimeSpan age, int countMax, long bytesMax)
{
    private readonly Queue<StoryLine> _lines = new();
    private long _bytes;

    /// <summary>Sequence of the newest line that was added; 0: none was.</summary>
    public long Newest { get; private set; }

    /// <summary>Adds a line with the next sequence, or a later one: then what is between them counts as no longer kept.</summary>
    public void Add(StoryLine line, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Sequence != Newest + 1)
        {
            Begin(line.Sequence - 1);
        }

        _lines.Enqueue(line);
        _bytes += line.Data.Length;
        Newest = line.Sequence;
        Forget(now);
    }

    /// <summary>Forgets all; the story goes on behind a sequence.</summary>
    public void Begin(long after)
    {
        _lines.Clear();
        (_bytes, Newest) = (0, after);
    }

    /// <summary>The lines after a sequence, in order; null when some of them are no longer kept, or never were.</summary>
    public IReadOnlyList<StoryLine>? After(long sequence, DateTimeOffset now) =>
        sequence > Newest || sequence < Oldest(now) - 1 ? null : [.. _lines.Where(l => l.Sequence > sequence)];

    /// <summary>Sequence of the oldest line that is kept; none is: of the next one.</summary>
    public long Oldest(DateTimeOffset now)
    {
        Forget(now);
        return _lines.TryPeek(out StoryLine? first) ? first.Sequence : Newest + 1;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_lines.TryPeek(out StoryLine? oldest) && (oldest.ToldAt < now - age || _lines.Count > countMax || _bytes > bytesMax))
        {
            _bytes -= oldest.Data.Length;
            _lines.Dequeue();
        }
    }
}
