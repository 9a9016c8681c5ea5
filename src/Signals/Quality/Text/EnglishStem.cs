namespace Grainwatch.Signals.Quality.Text;

/// <summary>Takes the commonest English endings off a word, so that "plays", "played" and "playing" meet.</summary>
/// <remarks>
/// A few suffix rules in the spirit of Harman's S-stemmer (1991), with -ed, -ing and -ly. It returns a slice, so that
/// nothing is allocated; it merges too little rather than too much.
/// </remarks>
public static class EnglishStem
{
    /// <summary>The stem of a lower-case word, a prefix of it.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || !char.IsAsciiLetter(word[^1]))
        {
            return word;
        }

        ReadOnlySpan<char> stem = WithoutPossessive(word);
        stem = WithoutPlural(stem);
        if (stem.Length >= 6 && stem.EndsWith("ing", StringComparison.Ordinal))
        {
            stem = WithoutDouble(stem[..^3]);
        }
        else if (stem.Length >= 5 && stem.EndsWith("ed", StringComparison.Ordinal))
        {
            stem = WithoutDouble(stem[..^2]);
        }
        else if (stem.Length >= 6 && stem.EndsWith("ly", StringComparison.Ordinal))
        {
            stem = stem[..^2];
        }

        // "make" and "making", "city" and "cities" meet without their last vowel.
        return stem.Length >= 4 && stem[^1] is 'e' or 'y' or 'i' ? stem[..^1] : stem;
    }

    private static ReadOnlySpan<char> WithoutPossessive(ReadOnlySpan<char> word) =>
        word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;

    private static ReadOnlySpan<char> WithoutPlural(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or '\'')
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word[..^2];
        }

        bool sibilant = word.Length >= 5 && word[^2] == 'e' && word[^3] is 's' or 'x' or 'z' or 'h';
        return sibilant ? word[..^2] : word[..^1];
    }

    private static ReadOnlySpan<char> WithoutDouble(ReadOnlySpan<char> stem) =>
        stem.Length >= 4 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'e') ? stem[..^1] : stem;
}
