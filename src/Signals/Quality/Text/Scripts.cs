namespace Grainwatch.Signals.Quality.Text;

/// <summary>From a letter to its script, by Unicode block: exact enough to see that a script changed.</summary>
public static class Scripts
{
    /// <summary>How many scripts there are.</summary>
    public const int Count = (int)Script.Other + 1;

    /// <summary>The script of a letter's code point.</summary>
    public static Script Of(int letter) => letter switch
    {
        < 0x0250 => Script.Latin,
        < 0x02B0 => Script.Latin,
        < 0x0370 => Script.Common,
        < 0x0400 => Script.Greek,
        < 0x0530 => Script.Cyrillic,
        < 0x0590 => Script.Armenian,
        < 0x0600 => Script.Hebrew,
        < 0x0780 => Script.Arabic,
        < 0x0900 => Script.Other,
        < 0x0E00 => Script.Indic,
        < 0x0F00 => Script.Thai,
        < 0x10A0 => Script.Other,
        < 0x1100 => Script.Georgian,
        < 0x1200 => Script.Hangul,
        >= 0x1D00 and < 0x1F00 => Script.Latin,
        >= 0x1F00 and < 0x2000 => Script.Greek,
        >= 0x2100 and < 0x2190 => Script.Common,
        >= 0x3040 and < 0x3100 => Script.Kana,
        >= 0x3130 and < 0x3190 => Script.Hangul,
        >= 0x31F0 and < 0x3200 => Script.Kana,
        >= 0x3400 and < 0xA000 => Script.Han,
        >= 0xAC00 and < 0xD7B0 => Script.Hangul,
        >= 0xF900 and < 0xFB00 => Script.Han,
        >= 0xFB00 and < 0xFB07 => Script.Latin,
        >= 0xFB1D and < 0xFB50 => Script.Hebrew,
        >= 0xFB50 and < 0xFE00 => Script.Arabic,
        >= 0xFE70 and < 0xFF00 => Script.Arabic,
        >= 0xFF21 and < 0xFF5B => Script.Latin,
        >= 0xFF66 and < 0xFFA0 => Script.Kana,
        >= 0x1D400 and < 0x1D800 => Script.Common,
        >= 0x20000 and < 0x40000 => Script.Han,
        _ => Script.Other,
    };

    /// <summary>Scripts that are written without spaces: a word is two of their letters.</summary>
    public static bool IsUnspaced(Script script) => script is Script.Han or Script.Kana or Script.Thai;

    /// <summary>Whether a language writes both in one text.</summary>
    public static bool Belong(Script left, Script right) =>
        left == right || (left is Script.Han or Script.Kana && right is Script.Han or Script.Kana)
        || (left is Script.Han or Script.Hangul && right is Script.Han or Script.Hangul);
}
