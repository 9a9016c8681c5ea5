using System.Collections.Frozen;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Places where two texts seem to have been joined: each half is fluent, only the seam tells.</summary>
/// <remarks>
/// Counts, in English prose: function words in an order that English does not have ("the is", "to of"); a capital stop
/// word in the middle of a sentence ("make sure The"); marks set with and without a space before them in one text;
/// sentences that begin with and without a capital in one text. The doubt is 1 - exp(-.35 per seam), damped by length.
/// </remarks>
public static class Seams
{
    private const double PerSeam = 0.35;

    private const byte Determiner = 1;
    private const byte NotAfterDeterminer = 2;
    private const byte Preposition = 4;
    private const byte NotAfterPreposition = 8;
    private const byte Subject = 16;
    private const byte NotAfterSubject = 32;
    private const byte Followers = NotAfterDeterminer | NotAfterPreposition | NotAfterSubject;

    private static readonly FrozenDictionary<ulong, byte> Classes = Build(
        (Determiner, "the a an my your our their its every"),
        (NotAfterDeterminer, "the a an is are was were am be been has have had do does did will would can could should and or but of to in on at for with from by as if because i you he she it we they me him us them this these those my your our their not"),
        (Preposition, "of to in on at for with from by into about"),
        (NotAfterPreposition, "is are was were has have had will would can could and or but i he she we they of if because"),
        (Subject, "i he she we they"),
        (NotAfterSubject, "of to in on at for with from by the a an is's such my your our their its i he she we they it or than"));

    /// <summary>0: no seam seen; towards 1: several.</summary>
    public static double Doubt(AnalysedText text)
    {
        double seams = 0.0;
        ReadOnlySpan<Word> words = text.Words;
        for (int i = 1; i < words.Length; i++)
        {
            Word left = words[i - 1];
            Word right = words[i];
            if (right.Start - left.End != 1 || text.Text[left.End] != ' ' || right.Is(WordFlags.First | WordFlags.Code))
            {
                continue;
            }

            // The class that must not follow is the bit above the class that it must not follow.
            bool impossible = left.Is(WordFlags.Stop) && right.Is(WordFlags.Stop)
                && ((Classes.GetValueOrDefault(left.Hash) << 1) & Classes.GetValueOrDefault(right.Hash) & Followers) != 0;
            bool capital = right.Is(WordFlags.Capital) && right.Is(WordFlags.Stop) && right.Length > 1
                && !left.Is(WordFlags.Capital) && text.Text[right.Start + 1] is not '\'';
            seams += impossible || capital ? 1.0 : 0.0;
        }

        return 1.0 - Math.Exp(-PerSeam * (seams + MixedMarks(text) + MixedStarts(text)));
    }

    private static FrozenDictionary<ulong, byte> Build(params ReadOnlySpan<(byte Class, string Words)> classes)
    {
        Dictionary<ulong, byte> built = [];
        foreach ((byte bit, string words) in classes)
        {
            foreach (string word in words.Split(' '))
            {
                ulong hash = WordHash.Of(word);
                built[hash] = (byte)(built.GetValueOrDefault(hash) | bit);
            }
        }

        return built.ToFrozenDictionary();
    }

    private static double MixedMarks(AnalysedText text)
    {
        int spaced = 0;
        int plain = 0;
        for (int i = 1; i < text.Text.Length; i++)
        {
            if (text.Text[i] is ',' or '.' or '?' && (i + 1 == text.Text.Length || text.Text[i + 1] == ' '))
            {
                (spaced, plain) = text.Text[i - 1] == ' ' ? (spaced + 1, plain) : (spaced, plain + 1);
            }
        }

        return spaced > 0 && plain > 0 ? 1.5 : 0.0;
    }

    private static double MixedStarts(AnalysedText text)
    {
        int capitals = 0;
        int small = 0;
        foreach (Sentence sentence in text.Sentences)
        {
            Word first = text.Words[sentence.FirstWord];
            if (first.Script == Script.Latin && !first.Is(WordFlags.Code) && sentence.Count > 2)
            {
                (capitals, small) = first.Is(WordFlags.Capital) ? (capitals + 1, small) : (capitals, small + 1);
            }
        }

        return capitals > 0 && small > 0 ? 1.0 : 0.0;
    }
}
