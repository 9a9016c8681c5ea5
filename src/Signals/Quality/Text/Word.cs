namespace Grainwatch.Signals.Quality.Text;

/// <summary>One word of a text. Words are compared by hash, so that no check makes strings of them.</summary>
/// <param name="Start">First UTF-16 code unit in <see cref="AnalysedText.Text"/>.</param>
/// <param name="Length">In code units, at least 1.</param>
/// <param name="Hash">Of the lower-case word.</param>
/// <param name="Stem">Of the lower-case word without its English ending; equal to <paramref name="Hash"/> where there is none.</param>
/// <param name="Flags">What is known of it.</param>
/// <param name="Script">The script of its first letter; common for numbers.</param>
public readonly record struct Word(int Start, int Length, ulong Hash, ulong Stem, WordFlags Flags, Script Script)
{
    /// <summary>One past the last code unit.</summary>
    public int End => Start + Length;

    public bool Is(WordFlags flag) => (Flags & flag) != 0;

    /// <summary>A word that carries meaning: neither a stop word nor code.</summary>
    public bool IsContent => (Flags & (WordFlags.Stop | WordFlags.Code)) == 0;
}
