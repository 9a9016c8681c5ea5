using System.Text;

namespace Grainwatch.Generator.Texts;

/// <summary>An answer whose stop token does not come: it goes on with what it said last, until it is cut.</summary>
public static class EndlessText
{
    private const int CharactersPerToken = 4;
    private const int LongestUnit = 160;

    /// <summary>Continues an answer by repeating its last sentence, or in a third of the cases its last few words.</summary>
    /// <param name="answer">An intact answer.</param>
    /// <param name="tokens">Where max_tokens cuts it.</param>
    /// <param name="dice">Decides what is repeated.</param>
    public static string Of(string answer, int tokens, Dice dice)
    {
        string unit = dice.Chance(1.0 / 3) ? LastWords(answer, 3 + dice.Below(5)) : LastSentence(answer);
        int length = Math.Max(tokens * CharactersPerToken, answer.Length + (4 * unit.Length));
        StringBuilder text = new(answer);
        while (text.Length < length)
        {
            text.Append(' ').Append(unit);
        }

        return text.ToString(0, length);
    }

    private static string LastSentence(string answer)
    {
        int end = answer.AsSpan(0, answer.Length - 1).LastIndexOfAny(".!?\n");
        string sentence = answer[(end + 1)..].Trim();
        return sentence.Length is > 0 and <= LongestUnit ? sentence : LastWords(answer, 8);
    }

    private static string LastWords(string answer, int count)
    {
        string[] words = answer.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words[^Math.Min(count, words.Length)..]);
    }
}
