using System.Collections.Frozen;

namespace Grainwatch.Signals.Quality.Text;

/// <summary>A fixed list of words, asked by hash.</summary>
public sealed class WordSet
{
    private readonly FrozenSet<ulong> _hashes;

    /// <param name="words">Separated by white space.</param>
    public WordSet(string words) =>
        _hashes = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => WordHash.Of(w)).ToFrozenSet();

    /// <summary>The hashes of the list, in no order that may be relied on.</summary>
    public IEnumerable<ulong> Hashes => _hashes;

    public bool Contains(ulong hash) => _hashes.Contains(hash);
}
