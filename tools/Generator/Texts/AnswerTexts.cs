using System.IO.Compression;
using System.Text.Json;

namespace Grainwatch.Generator.Texts;

/// <summary>
/// The texts of bundled recordings: 132 answers that people preferred, from PandaLM and LLMBar. Attribution, and how they
/// were chosen, is in <c>Texts/ATTRIBUTION.md</c>.
/// </summary>
public sealed class AnswerTexts
{
    private const int CharactersPerToken = 4;
    private const int Neighbours = 9;

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private readonly AnswerText[] _byLength;

    private AnswerTexts(IEnumerable<AnswerText> texts) =>
        _byLength = [.. texts.OrderBy(t => t.Response.Length).ThenBy(t => t.Response, StringComparer.Ordinal)];

    /// <summary>One of <paramref name="count"/> disjoint parts of the texts, so that components do not answer alike.</summary>
    public static AnswerTexts Part(int part, int count) => new(Load().Where((_, i) => i % count == part));

    /// <summary>Draws a text whose answer is about as long as asked for.</summary>
    public AnswerText About(int tokens, Dice dice)
    {
        int near = Array.FindIndex(_byLength, t => t.Response.Length >= tokens * CharactersPerToken);
        int centre = near < 0 ? _byLength.Length - 1 : near;
        int first = Math.Clamp(centre - (Neighbours / 2), 0, _byLength.Length - Neighbours);
        return _byLength[first + dice.Below(Neighbours)];
    }

    private static IEnumerable<AnswerText> Load()
    {
        using Stream packed = typeof(AnswerTexts).Assembly.GetManifestResourceStream("answers.jsonl.gz")!;
        using StreamReader reader = new(new GZipStream(packed, CompressionMode.Decompress));
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            yield return JsonSerializer.Deserialize<AnswerText>(line, Json)!;
        }
    }
}
