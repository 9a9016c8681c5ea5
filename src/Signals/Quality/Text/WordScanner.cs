using System.Globalization;

namespace Grainwatch.Signals.Quality.Text;

/// <summary>Cuts a text into words and sentences in one pass.</summary>
/// <remarks>
/// A word is a run of letters, marks and digits; an apostrophe between letters and a point or comma between digits
/// belong to it. Scripts without spaces are cut into pairs of letters, which is what a lexical check can use of them.
/// A sentence ends at its mark before white space, at a blank line, and at every end of a line that is no prose.
/// </remarks>
internal static class WordScanner
{
    private const int UnspacedLetters = 2;

    public static (Word[] Words, Sentence[] Sentences) Scan(string text, TextLine[] lines)
    {
        List<Word> words = new((text.Length / 5) + 4);
        List<Sentence> sentences = new((text.Length / 80) + 2);
        int first = 0;
        for (int k = 0; k < lines.Length; k++)
        {
            TextLine line = lines[k];
            bool breaks = line.Kind != LineKind.Prose || k + 1 == lines.Length || lines[k + 1].Kind != LineKind.Prose;
            bool isFirst = true;
            for (int i = line.Start; i < line.End;)
            {
                if (IsWordStart(text, i, out int step))
                {
                    Word word = Read(text, i, line, isFirst);
                    words.Add(word);
                    isFirst = false;
                    i = word.End;
                    continue;
                }

                if (EndsSentence(text, i, line.End) && words.Count > first)
                {
                    sentences.Add(new Sentence(first, words.Count, text[i] is '?' or '\uFF1F'));
                    first = words.Count;
                    isFirst = true;
                }

                i += step;
            }

            if (breaks && words.Count > first)
            {
                sentences.Add(new Sentence(first, words.Count, false));
                first = words.Count;
            }
        }

        return ([.. words], [.. sentences]);
    }

    private static bool IsWordStart(string text, int index, out int step)
    {
        char c = text[index];
        step = 1;
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetterOrDigit(c) || (c == '\'' && IsClitic(text, index));
        }

        if (!char.IsSurrogate(c))
        {
            return char.IsLetterOrDigit(c);
        }

        bool paired = index + 1 < text.Length && char.IsSurrogatePair(c, text[index + 1]);
        step = paired ? 2 : 1;
        return paired && char.IsLetterOrDigit(text, index);
    }

    // Text that was tokenised before it came here writes "it 's" and "do n't".
    private static bool IsClitic(string text, int index) =>
        index > 0 && text[index - 1] == ' ' && index + 1 < text.Length && char.IsAsciiLetterLower(text[index + 1])
        && (index + 2 >= text.Length || !char.IsAsciiLetter(text[index + 2])
            || (index + 3 >= text.Length || !char.IsAsciiLetter(text[index + 3])));

    private static bool EndsSentence(string text, int index, int end)
    {
        char c = text[index];
        if (c is '\u3002' or '\uFF01' or '\uFF1F')
        {
            return true;
        }

        return c is '.' or '!' or '?' or '\u2026' && (index + 1 >= end || text[index + 1] is ' ' or '\t' or '"' or ')' or '\'' or '\u201D');
    }

    private static Word Read(string text, int start, in TextLine line, bool isFirst)
    {
        Script script = Script.Common;
        WordFlags flags = isFirst ? WordFlags.First : WordFlags.None;
        int letters = 0;
        bool allCapitals = true;
        int i = start;
        while (i < line.End)
        {
            char c = text[i];
            int length = 1;
            if (char.IsAsciiLetter(c))
            {
                letters++;
                allCapitals &= char.IsAsciiLetterUpper(c);
                if (Mixes(ref script, Script.Latin, ref flags))
                {
                    break;
                }
            }
            else if (char.IsAsciiDigit(c))
            {
            }
            else if (c is '\'' or '\u2019')
            {
                bool inside = i + 1 < line.End && char.IsLetter(text[i + 1]) && (i == start || char.IsLetter(text[i - 1]));
                if (!inside)
                {
                    break;
                }
            }
            else if (c is '.' or ',')
            {
                if (i == start || i + 1 >= line.End || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1]))
                {
                    break;
                }
            }
            else if (!TakeOther(text, i, ref script, ref flags, ref letters, ref allCapitals, out length))
            {
                break;
            }

            i += length;
            if (Scripts.IsUnspaced(script) && letters >= UnspacedLetters)
            {
                break;
            }
        }

        int wordLength = Math.Max(1, i - start);
        return Make(text, start, wordLength, flags, script, letters >= 2 && allCapitals, line.Kind);
    }

    // Letters and marks beyond ASCII.
    private static bool TakeOther(
        string text, int index, ref Script script, ref WordFlags flags, ref int letters, ref bool allCapitals, out int length)
    {
        char c = text[index];
        length = 1;
        if (char.IsAscii(c))
        {
            return false;
        }

        bool paired = char.IsSurrogate(c) && index + 1 < text.Length && char.IsSurrogatePair(c, text[index + 1]);
        length = paired ? 2 : 1;
        if (char.IsSurrogate(c) && !paired)
        {
            return false;
        }

        if (char.IsLetter(text, index))
        {
            letters++;
            allCapitals &= char.IsUpper(text, index);
            return !Mixes(ref script, Scripts.Of(paired ? char.ConvertToUtf32(c, text[index + 1]) : c), ref flags);
        }

        return CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber;
    }

    // True: the letter starts another word. Latin beside Han is two words; Latin beside Cyrillic in one is suspicious.
    private static bool Mixes(ref Script script, Script next, ref WordFlags flags)
    {
        if (script == Script.Common || next == Script.Common)
        {
            script = script == Script.Common ? next : script;
            return false;
        }

        if (Scripts.Belong(script, next))
        {
            return false;
        }

        if (Scripts.IsUnspaced(script) || Scripts.IsUnspaced(next) || script == Script.Hangul || next == Script.Hangul)
        {
            return true;
        }

        flags |= WordFlags.MixedScript;
        return false;
    }

    private static Word Make(string text, int start, int length, WordFlags flags, Script script, bool allCapitals, LineKind kind)
    {
        ReadOnlySpan<char> word = text.AsSpan(start, length);
        (ulong hash, ulong stem) = WordHash.WithStem(word);
        flags |= char.IsAsciiDigit(word[0]) ? WordFlags.Number : WordFlags.None;
        flags |= char.IsUpper(word[0]) ? WordFlags.Capital : WordFlags.None;
        flags |= allCapitals ? WordFlags.AllCapitals : WordFlags.None;
        flags |= kind == LineKind.Code ? WordFlags.Code : WordFlags.None;
        flags |= StopWords.English.Contains(hash) ? WordFlags.Stop : WordFlags.None;
        return new Word(start, length, hash, stem, flags, script);
    }
}
