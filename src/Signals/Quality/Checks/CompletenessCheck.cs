using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether every part of the question was taken up.</summary>
/// <remarks>
/// Parts are the questions, the items of a list in the prompt, and a number that is asked for ("name five ..."), compared
/// with the items of the answer. Scale: the share of parts taken up. A request of one part that is
/// open ("explain", "how", "write") wants substance: .4 for a word, 1 from 60 words on. Unknown for other prompts of one part. Weakness: taken up is not answered; a part in other words counts as missing. Cost: two passes.
/// </remarks>
public sealed class CompletenessCheck : ICheck
{
    private const int PartsMax = 32;
    private const double TakenUp = 0.25;
    private const double ShortAnswer = 0.4;
    private const double OpenWords = 60.0;

    private static readonly (string Word, int Value)[] Numerals =
        [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("twelve", 12), ("twenty", 20)];

    private static readonly Dictionary<ulong, int> NumeralValues = Numerals.ToDictionary(n => WordHash.Of(n.Word), n => n.Value);

    private static readonly WordSet Verbs = new("name list give provide write suggest generate create describe mention identify state cite recommend propose tell enumerate");

    private static readonly WordSet Opens = new("explain describe write compose create compare discuss outline design plan how why suggest propose develop brainstorm tell elaborate analyze analyse give provide generate");

    private static readonly WordSet NotItems = new("words word sentences sentence paragraphs paragraph characters letters lines line minutes hours days times years year people or percent");

    public string Dimension => QualityDimensions.Completeness;

    public string Evaluator => "completeness-parts";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (input.Response.IsBlank)
        {
            return DimensionScore.Unknown(this, "empty");
        }

        (int parts, int taken) = Parts(input);
        int asked = AskedItems(input.Prompt);
        if (asked == 0 && parts < 2)
        {
            if (IsOpen(input.Prompt))
            {
                double substance = Math.Min(1.0, ShortAnswer + ((1.0 - ShortAnswer) * input.Response.Words.Length / OpenWords));
                return substance < 1.0
                    ? DimensionScore.Of(this, substance, $"{input.Response.Words.Length} words for an open request")
                    : DimensionScore.Of(this, substance);
            }

            return DimensionScore.Unknown(this, "the question has one part");
        }

        List<string> reasons = [];
        double sum = 0.0;
        int count = 0;
        if (parts >= 2)
        {
            sum += (double)taken / parts;
            count++;
            if (taken < parts)
            {
                reasons.Add($"{taken} of {parts} parts of the question are taken up");
            }
        }

        int items = asked > 0 ? Items(input.Response) : 0;
        if (asked > 0 && items > 1)
        {
            sum += Math.Min(1.0, (double)items / asked);
            count++;
            if (items < asked)
            {
                reasons.Add($"{asked} items were asked for, {items} are given");
            }
        }

        return count == 0 ? DimensionScore.Unknown(this, "the answer is no list") : DimensionScore.Of(this, sum / count, reasons);
    }

    private static bool IsOpen(AnalysedText prompt)
    {
        foreach (Word word in prompt.Words)
        {
            if (word.Is(WordFlags.First) && Opens.Contains(word.Hash))
            {
                return true;
            }
        }

        return false;
    }

    private static (int Parts, int Taken) Parts(in CheckInput input)
    {
        int parts = 0;
        int taken = 0;
        AnalysedText prompt = input.Prompt;
        foreach (Sentence sentence in prompt.Sentences)
        {
            ReadOnlySpan<Word> words = prompt.Of(sentence);
            bool part = sentence.IsQuestion || prompt.LineAt(words[0].Start).Kind == LineKind.ListItem;
            if (!part || parts >= PartsMax)
            {
                continue;
            }

            if (Overlap.Share(words, input.Response.Stems) is { } share)
            {
                parts++;
                taken += share >= TakenUp ? 1 : 0;
            }
        }

        return (parts, taken);
    }

    private static int AskedItems(AnalysedText prompt)
    {
        ReadOnlySpan<Word> words = prompt.Words;
        for (int i = 0; i + 2 < words.Length; i++)
        {
            if (!Verbs.Contains(words[i].Hash))
            {
                continue;
            }

            for (int k = i + 1; k <= i + 3 && k + 1 < words.Length; k++)
            {
                int value = NumeralValues.GetValueOrDefault(words[k].Hash);
                bool number = value > 0 || (int.TryParse(prompt.Of(words[k]), out value) && value is >= 2 and <= 50);
                if (number && !NotItems.Contains(words[k + 1].Hash))
                {
                    return value;
                }
            }
        }

        return 0;
    }

    private static int Items(AnalysedText answer)
    {
        int items = 0;
        int commas = 0;
        foreach (TextLine line in answer.Lines)
        {
            items += line.Kind == LineKind.ListItem ? 1 : 0;
            commas = Math.Max(commas, answer.Of(line).Count(',') + 1);
        }

        return Math.Max(items, commas);
    }
}
