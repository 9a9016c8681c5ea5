namespace Grainwatch.Signals.Quality.Text;

/// <summary>Hashes of lower-case words: FNV-1a over 64 bits, the same in every process.</summary>
public static class WordHash
{
    /// <summary>Longer words are told apart by their first 48 letters and their length.</summary>
    public const int LettersMax = 48;

    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The hash of a word, whatever its case; typographic apostrophes count as plain ones.</summary>
    public static ulong Of(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[LettersMax];
        return OfLower(Lower(word, lower), word.Length);
    }

    /// <summary>The hashes of a word and of its stem.</summary>
    public static (ulong Hash, ulong Stem) WithStem(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[LettersMax];
        ReadOnlySpan<char> text = Lower(word, lower);
        ulong hash = OfLower(text, word.Length);
        if (word.Length > LettersMax)
        {
            return (hash, hash);
        }

        ReadOnlySpan<char> stem = EnglishStem.Of(text);
        return (hash, stem.Length == text.Length ? hash : OfLower(stem, stem.Length));
    }

    private static ReadOnlySpan<char> Lower(ReadOnlySpan<char> word, Span<char> lower)
    {
        int n = Math.Min(word.Length, LettersMax);
        for (int i = 0; i < n; i++)
        {
            char c = word[i];
            lower[i] = c switch
            {
                >= 'A' and <= 'Z' => (char)(c | 0x20),
                < (char)0x80 => c,
                '\u2019' or '\u2018' or '\u02BC' => '\'',
                _ => char.ToLowerInvariant(c),
            };
        }

        return lower[..n];
    }

    private static ulong OfLower(ReadOnlySpan<char> lower, int length)
    {
        ulong hash = Offset;
        foreach (char c in lower)
        {
            hash = (hash ^ c) * Prime;
        }

        return length > LettersMax ? (hash ^ (ulong)length) * Prime : hash;
    }
}
