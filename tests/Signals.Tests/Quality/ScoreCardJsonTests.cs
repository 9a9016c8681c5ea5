using System.Buffers;
using System.Text;
using System.Text.Json;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Tests.Quality;

public sealed class ScoreCardJsonTests
{
    [Fact]
    public void WriteLine_Card_IsOneLineWithTheContractsFields()
    {
        string line = Write(Samples.Of("Write to ann@example.org about the invoice of Monday.", "Whom do I write to about the invoice?"));
        Assert.EndsWith("}\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(c => c == '\n'));
        using JsonDocument card = JsonDocument.Parse(line);
        JsonElement privacy = card.RootElement.GetProperty("scores").GetProperty("privacy");
        Assert.Equal("fail", privacy.GetProperty("verdict").GetString());
        JsonElement finding = Assert.Single(privacy.GetProperty("findings").EnumerateArray().ToArray());
        Assert.Equal(("EMAIL", 9, 24), (finding.GetProperty("type").GetString(), finding.GetProperty("start").GetInt32(), finding.GetProperty("end").GetInt32()));
        Assert.DoesNotContain("ann@example.org", line, StringComparison.Ordinal);
        Assert.Equal(1, card.RootElement.GetProperty("v").GetInt32());
    }

    [Fact]
    public void WriteLine_DimensionThatDoesNotApply_IsUnknownWithoutScore()
    {
        using JsonDocument card = JsonDocument.Parse(Write(Samples.Of("All is well.")));
        Assert.Contains("groundedness", card.RootElement.GetProperty("unknown").EnumerateArray().Select(e => e.GetString()));
        Assert.False(card.RootElement.GetProperty("scores").TryGetProperty("groundedness", out _));
        Assert.Contains("composite", card.RootElement.GetProperty("unknown").EnumerateArray().Select(e => e.GetString()));
        Assert.False(card.RootElement.TryGetProperty("composite", out _));
    }

    [Fact]
    public void WriteLine_KnownAndUnknown_CoverEveryDimensionOnce()
    {
        using JsonDocument card = JsonDocument.Parse(Write(Samples.Of("The cache is cold.", "Why is the cache cold after the restart?", "The cache is cold after a restart.")));
        IEnumerable<string?> known = card.RootElement.GetProperty("scores").EnumerateObject().Select(p => (string?)p.Name);
        IEnumerable<string?> unknown = card.RootElement.GetProperty("unknown").EnumerateArray().Select(e => e.GetString());
        IEnumerable<string?> composite = card.RootElement.TryGetProperty("composite", out _) ? ["composite"] : [];
        Assert.Equal(QualityDimensions.All.Order(StringComparer.Ordinal), known.Concat(unknown).Concat(composite).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ToScores_Card_KeepsUnknownCompositeUnknown()
    {
        ScoreCard card = new Evaluator().Evaluate(Samples.Of("All is well."));
        IReadOnlyList<QualityScore> scores = card.ToScores(0.25, "normal");
        Assert.All(scores, s => Assert.Equal((0.25, "normal"), (s.Probability, s.Stratum)));
        Assert.Null(scores[^1].Score);
        Assert.DoesNotContain(scores, s => s.Dimension == "groundedness");
    }

    private static string Write(ResponseSample sample)
    {
        ArrayBufferWriter<byte> output = new();
        ScoreCardJson.WriteLine(new Evaluator().Evaluate(sample), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
