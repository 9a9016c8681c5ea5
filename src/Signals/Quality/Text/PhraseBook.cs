namespace Grainwatch.Signals.Quality.Text;

/// <summary>Fixed phrases with weights, found in a text in one pass over its words.</summary>
/// <remarks>
/// One phrase a line: <c>weight words</c>. A word may be a choice <c>can't|cannot</c>, may be left out <c>really?</c>, or
/// stand for any one word <c>*</c>. The phrases become a trie of word hashes, so that the time is linear in the words
/// and there is nothing that could backtrack; <see cref="StepsMax"/> bounds what a wild card can branch into.
/// </remarks>
public sealed class PhraseBook
{
    /// <summary>No phrase is longer than this.</summary>
    public const int StepsMax = 12;

    private static readonly ulong Any = WordHash.Of("*");
    private readonly List<Dictionary<ulong, int>> _edges = [[]];
    private readonly List<double> _weights = [0.0];

    public PhraseBook(string phrases)
    {
        foreach (string line in phrases.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Invariant.Require(parts.Length is >= 2 and <= StepsMax + 1);
            Add([0], parts.AsSpan(1), double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The hashes of the words that a phrase may begin with.</summary>
    public IEnumerable<ulong> Starts => _edges[0].Keys;

    /// <summary>The heaviest phrase that starts at a word.</summary>
    /// <returns>Its weight and length in words; (0, 0): none.</returns>
    public (double Weight, int Words) At(ReadOnlySpan<Word> words, int index) => Walk(words, index, 0, 0);

    private (double Weight, int Words) Walk(ReadOnlySpan<Word> words, int index, int node, int depth)
    {
        (double Weight, int Words) best = (_weights[node], _weights[node] > 0.0 ? depth : 0);
        if (index >= words.Length || depth >= StepsMax)
        {
            return best;
        }

        Dictionary<ulong, int> edges = _edges[node];
        if (edges.TryGetValue(words[index].Hash, out int next))
        {
            best = Better(best, Walk(words, index + 1, next, depth + 1));
        }

        if (depth > 0 && edges.TryGetValue(Any, out int any))
        {
            best = Better(best, Walk(words, index + 1, any, depth + 1));
        }

        return best;
    }

    private static (double, int) Better((double Weight, int Words) left, (double Weight, int Words) right) =>
        right.Weight > left.Weight || (right.Weight == left.Weight && right.Words > left.Words) ? right : left;

    private void Add(HashSet<int> from, ReadOnlySpan<string> words, double weight)
    {
        foreach (string word in words)
        {
            bool optional = word.EndsWith('?');
            HashSet<int> to = optional ? [.. from] : [];
            foreach (string choice in (optional ? word[..^1] : word).Split('|'))
            {
                ulong hash = WordHash.Of(choice);
                foreach (int node in from.Order())
                {
                    to.Add(Next(node, hash));
                }
            }

            from = to;
        }

        foreach (int node in from)
        {
            _weights[node] = Math.Max(_weights[node], weight);
        }
    }

    private int Next(int node, ulong hash)
    {
        if (!_edges[node].TryGetValue(hash, out int next))
        {
            next = _edges.Count;
            _edges.Add([]);
            _weights.Add(0.0);
            _edges[node].Add(hash, next);
        }

        return next;
    }
}
