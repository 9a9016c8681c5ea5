using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Story;

/// <summary>
/// Numbers the story of the whole cluster and keeps the last of it, so that whoever watches at any gateway sees the same lines
/// under the same numbers. Key: <see cref="TheOne"/>.
/// </summary>
[Alias("grainwatch.IStoryGrain")]
public interface IStoryGrain : IGrainWithIntegerKey
{
    /// <summary>There is one.</summary>
    const long TheOne = 0;

    /// <summary>Lines of one call, and of one page, at the most.</summary>
    const int LinesMax = 500;

    /// <summary>Takes lines in. What a teller says again is taken once.</summary>
    /// <param name="teller">Who tells: a silo.</param>
    /// <param name="first">The teller's own number of the first line; rises.</param>
    /// <param name="lines">In order, not numbered.</param>
    [Alias("Tell")]
    Task Tell(string teller, long first, [Immutable] StoryLine[] lines);

    /// <summary>The lines behind a place in the story. While there is none, it waits for one; not for ever.</summary>
    /// <param name="epoch">Of the place; 0: none, what is kept is wanted.</param>
    /// <param name="after">Sequence of the last line that is known.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Read"), AlwaysInterleave]
    Task<StoryPage> Read(long epoch, long after, CancellationToken cancellationToken);
}
