using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>A context that can be asked which of its passages carries a sentence best.</summary>
/// <remarks>
/// A passage is three neighbouring sentences. For every stem the sentences that hold it are listed (at most
/// <see cref="PlacesMax"/>: a stem that is everywhere tells no passage from another), so the time is in the words of the
/// sentence, not of the context.
/// </remarks>
internal sealed class Passages
{
    private const int PlacesMax = 32;
    private readonly Dictionary<ulong, List<int>> _places;
    private readonly double[] _sums;

    public Passages(AnalysedText context)
    {
        _places = new Dictionary<ulong, List<int>>(context.Words.Length / 2);
        _sums = new double[context.Sentences.Length + 2];
        for (int s = 0; s < context.Sentences.Length; s++)
        {
            foreach (Word word in context.Of(context.Sentences[s]))
            {
                if (word.Is(WordFlags.Stop))
                {
                    continue;
                }

                if (!_places.TryGetValue(word.Stem, out List<int>? at))
                {
                    _places[word.Stem] = at = new List<int>(2);
                }

                if (at.Count < PlacesMax && (at.Count == 0 || at[^1] != s))
                {
                    at.Add(s);
                }
            }
        }
    }

    public bool Holds(ulong stem) => _places.ContainsKey(stem);

    /// <summary>The weight of the words that the best passage has together.</summary>
    public double Best(ReadOnlySpan<Word> words, Func<Word, double> weigh)
    {
        Array.Clear(_sums);
        double best = 0.0;
        foreach (Word word in words)
        {
            double weight = weigh(word);
            if (weight == 0.0 || !_places.TryGetValue(word.Stem, out List<int>? at))
            {
                continue;
            }

            // Sentence s lies in the passages that start at s - 2, s - 1 and s; each passage takes a word once.
            int done = -1;
            foreach (int s in at)
            {
                for (int p = Math.Max(done + 1, s); p <= s + 2; p++)
                {
                    _sums[p] += weight;
                    best = Math.Max(best, _sums[p]);
                }

                done = s + 2;
            }
        }

        return best;
    }
}
