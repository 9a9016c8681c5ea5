namespace Grainwatch.Signals.Quality.Text;

/// <summary>The writing systems that the checks tell apart. Japanese mixes <see cref="Han"/> and <see cref="Kana"/> by right.</summary>
public enum Script : byte
{
    Common,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Indic,
    Thai,
    Georgian,
    Hangul,
    Kana,
    Han,
    Other,
}
