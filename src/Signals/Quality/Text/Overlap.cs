namespace Grainwatch.Signals.Quality.Text;

/// <summary>Which words two texts share, by stem.</summary>
public static class Overlap
{
    /// <summary>The stems of the content words of a text.</summary>
    internal static HashSet<ulong> Stems(AnalysedText text)
    {
        HashSet<ulong> stems = new(text.Words.Length);
        foreach (Word word in text.Words)
        {
            if (!word.Is(WordFlags.Stop))
            {
                stems.Add(word.Stem);
            }
        }

        return stems;
    }

    /// <summary>The weighted share of words that a set holds.</summary>
    /// <returns>Null: no word carries weight.</returns>
    public static double? Share(ReadOnlySpan<Word> words, IReadOnlySet<ulong> held)
    {
        double weight = 0.0;
        double shared = 0.0;
        foreach (Word word in words)
        {
            double w = StopWords.Weight(word);
            weight += w;
            shared += w > 0.0 && held.Contains(word.Stem) ? w : 0.0;
        }

        return weight > 0.0 ? shared / weight : null;
    }
}
