using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>Keeps a diagnosis small enough to be written with its incident and sent with its page.</summary>
public static class DiagnosisBound
{
    public const int CausesMax = 5;
    public const int SentencesMax = 4;
    public const int SentenceLengthMax = 300;

    public static Diagnosis Apply(Diagnosis diagnosis) => diagnosis with
    {
        Causes = [.. diagnosis.Causes.Take(CausesMax).Select(c => c with { Evidence = Cut(c.Evidence), Against = Cut(c.Against) })],
        RuledOut = Cut(diagnosis.RuledOut),
        Title = Cut(diagnosis.Title),
        Summary = Cut(diagnosis.Summary, SentenceLengthMax * 2),
    };

    /// <summary>The text, or its beginning and an ellipsis; never half of a character.</summary>
    public static string Cut(string text, int max = SentenceLengthMax)
    {
        if (text.Length <= max)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static string[] Cut(IReadOnlyList<string> sentences) => [.. sentences.Take(SentencesMax).Select(s => Cut(s))];
}
