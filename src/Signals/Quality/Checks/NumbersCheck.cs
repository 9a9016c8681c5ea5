using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds runs of numbers that nobody asked for: counting on, one number again and again, digits without end.</summary>
/// <remarks>
/// Outside tables and code: (1) the same number eight times in a row or more; (2) counting on without items, "1. 2. 3.", a
/// run of eight beside other words; (3) one number whose digits repeat a unit of at most 12 at least three times over 24 digits, 16 behind a point; (4) a
/// comma-separated run of more than 300. Scale: from .45 down to 0 with the length of the run; runs of five to seven .8.
/// Series with commas, "7, 14, 21", and digits of pi are what they should be. Weakness: a loop of unlike numbers.
/// Cost: one pass.
/// </remarks>
public sealed class NumbersCheck : ICheck
{
    private const int RunMin = 8;
    private const int SlightMin = 5;
    private const int DigitsMin = 24;
    private const int FractionDigitsMin = 16;
    private const int DigitPeriodMax = 12;
    private const int OtherWordsMin = 3;
    private const int SeriesMax = 300;

    public string Dimension => QualityDimensions.Numbers;

    public string Evaluator => "number-runs";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        (int same, int marks, int series) = Runs(answer);
        int digits = PeriodicDigits(answer);
        double score = 1.0;
        string? reason = null;
        Take(Severity(same), $"one number {same} times in a row", ref score, ref reason);
        // An answer of numbers alone was asked for numbers.
        marks = answer.Words.Length - marks < OtherWordsMin ? 0 : marks;
        Take(Severity(marks), $"{marks} list marks in a row without an item", ref score, ref reason);
        Take(digits > 0 ? Severity(RunMin + ((digits - FractionDigitsMin) / 3)) : 1.0, $"{digits} digits that repeat", ref score, ref reason);
        Take(series > SeriesMax ? 0.4 : 1.0, $"{series} numbers in a row", ref score, ref reason);
        return reason is null ? DimensionScore.Of(this, score) : DimensionScore.Of(this, score, reason);
    }

    private static double Severity(int run) => run < SlightMin ? 1.0 : run < RunMin ? 0.8 : 0.45 * 16.0 / (8.0 + run);

    private static void Take(double candidate, string why, ref double score, ref string? reason)
    {
        if (candidate < score)
        {
            (score, reason) = (candidate, why);
        }
    }

    private static (int Same, int Marks, int Series) Runs(AnalysedText answer)
    {
        (int same, int marks, int series) = (0, 0, 0);
        (int sameNow, int marksNow, int seriesNow) = (0, 0, 0);
        ReadOnlySpan<Word> words = answer.Words;
        for (int i = 0; i < words.Length; i++)
        {
            Word word = words[i];
            if (!word.Is(WordFlags.Number) || word.Is(WordFlags.Code) || answer.LineAt(word.Start).Kind == LineKind.TableRow)
            {
                (sameNow, marksNow, seriesNow) = (0, 0, 0);
                continue;
            }

            ReadOnlySpan<char> gap = i == 0 ? default : answer.Text.AsSpan(words[i - 1].End, word.Start - words[i - 1].End);
            bool joined = i > 0 && words[i - 1].Is(WordFlags.Number) && gap.IndexOfAnyExcept(Marks.NumberGap) < 0;
            bool byMarks = joined && gap.IndexOfAny(',', ';') < 0 && IsNext(answer.Of(words[i - 1]), answer.Of(word));
            sameNow = joined && words[i - 1].Hash == word.Hash ? sameNow + 1 : 1;
            marksNow = byMarks ? marksNow + 1 : 1;
            seriesNow = joined ? seriesNow + 1 : 1;
            (same, marks, series) = (Math.Max(same, sameNow), Math.Max(marks, marksNow), Math.Max(series, seriesNow));
        }

        return (same, marks, series);
    }

    private static bool IsNext(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length <= 6 && right.Length <= 6 && int.TryParse(left, out int a) && int.TryParse(right, out int b) && b == a + 1;

    private static int PeriodicDigits(AnalysedText answer)
    {
        int longest = 0;
        foreach (Word word in answer.Words)
        {
            if (!word.Is(WordFlags.Number) || word.Length < FractionDigitsMin || word.Is(WordFlags.Code))
            {
                continue;
            }

            ReadOnlySpan<char> digits = answer.Of(word);
            for (int period = 1; period <= DigitPeriodMax; period++)
            {
                longest = Math.Max(longest, PeriodicRun(digits, period));
            }
        }

        return longest;
    }

    private static int PeriodicRun(ReadOnlySpan<char> digits, int period)
    {
        int longest = 0;
        int run = period;
        for (int i = period; i < digits.Length; i++)
        {
            run = digits[i] == digits[i - period] ? run + 1 : period;
            longest = Math.Max(longest, run);
        }

        return longest >= Math.Max(digits.Contains('.') ? FractionDigitsMin : DigitsMin, 3 * period) ? longest : 0;
    }
}
