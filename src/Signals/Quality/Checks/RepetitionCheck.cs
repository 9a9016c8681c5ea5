using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds an answer that says the same thing again and again: the loop that a stressed or broken engine falls into.</summary>
/// <remarks>
/// Three signals, the worst counts. (1) The longest run of one unit, by <see cref="RepeatedRuns"/>: at least four
/// repeats and 32 characters fail, and the score falls with every character that adds nothing; three repeats of a word
/// lower it a little. (2) distinct-4: the share of different four-word sequences in prose; under .2 of at least 80
/// fails. (3) Compressibility: under a twentieth new text, read as <see cref="CopiedShare"/>.
/// Scale: 1 = nothing repeats. Tables, rulers and code repeat by right and need a run many times as long.
/// Weakness: a refrain sung four times in a row, and "ha ha ha" over 32 characters, look like a loop; a loop whose
/// words vary is not seen. Cost: n log n comparisons, one allocation.
/// Sources: distinct-n, Li et al., NAACL 2016; runs as in Main and Lorentz, J. Algorithms 1984; loops in neural text,
/// Holtzman et al., ICLR 2020.
/// </remarks>
public sealed class RepetitionCheck : ICheck
{
    /// <summary>From this many repeats on a run is a loop, if it is also long enough.</summary>
    public const int RepeatsMin = 4;

    /// <summary>From this length on.</summary>
    public const int LengthMin = 32;

    private const int StructuredRepeatsMin = 24;
    private const int StructuredLengthMin = 512;
    private const int BlankLengthMin = 256;
    private const int SlightLengthMin = 9;
    private const int GramsMin = 80;
    private const double DistinctMin = 0.2;
    private const int CompressedLengthMin = 512;
    private const double CopiedMax = 0.95;

    public string Dimension => QualityDimensions.Repetition;

    public string Evaluator => "repetition-runs";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        double score = 1.0;
        List<string> reasons = [];
        foreach (RepeatedRun run in RepeatedRuns.Find(answer.Text))
        {
            double of = Score(answer, run, out bool loops);
            if (of < score)
            {
                score = of;
                reasons = loops ? [$"a unit of {run.Period} characters {(int)run.Repeats} times in a row"] : [];
            }
        }

        double distinct = Distinct(answer);
        if (distinct < DistinctMin && distinct < score)
        {
            score = distinct;
            reasons.Add($"only {distinct:P0} of the four-word sequences are different");
        }

        if (answer.Text.Length >= CompressedLengthMin && IsProse(answer) && CopiedShare.Of(answer.Text) is var copied && copied > CopiedMax)
        {
            score = Math.Min(score, (1.0 - copied) * 4.0);
            reasons.Add($"{copied:P0} of the text was said before");
        }

        return DimensionScore.Of(this, score, reasons);
    }

    private static double Score(AnalysedText answer, in RepeatedRun run, out bool loops)
    {
        ReadOnlySpan<char> unit = answer.Text.AsSpan(run.Start, run.Period);
        double excess = run.Length - run.Period;
        loops = run.Repeats >= RepeatsMin && run.Length >= LengthMin;
        if (unit.IsWhiteSpace())
        {
            loops = run.Length >= BlankLengthMin;
        }
        else if (IsStructured(answer, run, unit))
        {
            loops = run.Repeats >= StructuredRepeatsMin && run.Length >= StructuredLengthMin;
        }
        else if (!loops)
        {
            bool slight = run.Length >= SlightLengthMin && unit.IndexOfAnyExceptInRange('\0', '@') >= 0 && run.Repeats >= 3.0 && run.Period >= 3;
            return slight ? 0.95 - (0.4 * Math.Min(1.0, excess / LengthMin / 4.0)) : 1.0;
        }

        return loops ? 16.0 / (16.0 + excess) : 1.0;
    }

    private static bool IsStructured(AnalysedText answer, in RepeatedRun run, ReadOnlySpan<char> unit)
    {
        bool drawn = unit.IndexOfAnyExcept(Marks.Ruler) < 0;
        return drawn || answer.LineAt(run.Start + (run.Length / 2)).IsStructured;
    }

    private static bool IsProse(AnalysedText answer)
    {
        int structured = 0;
        int lines = 0;
        foreach (TextLine line in answer.Lines)
        {
            lines += line.Kind == LineKind.Blank ? 0 : 1;
            structured += line.IsStructured || line.Kind == LineKind.ListItem ? 1 : 0;
        }

        return structured * 2 <= lines;
    }

    private static double Distinct(AnalysedText answer)
    {
        ReadOnlySpan<Word> words = answer.Words;
        if (words.Length < GramsMin + 3)
        {
            return 1.0;
        }

        HashSet<ulong> seen = new(words.Length);
        int grams = 0;
        for (int i = 0; i + 4 <= words.Length; i++)
        {
            if (words[i].Is(WordFlags.Code | WordFlags.Number))
            {
                continue;
            }

            grams++;
            ulong hash = words[i].Hash;
            for (int k = 1; k < 4; k++)
            {
                hash = (System.Numerics.BitOperations.RotateLeft(hash, 17) ^ words[i + k].Hash) * 0x9E3779B97F4A7C15;
            }

            seen.Add(hash);
        }

        return grams < GramsMin ? 1.0 : (double)seen.Count / grams;
    }
}
