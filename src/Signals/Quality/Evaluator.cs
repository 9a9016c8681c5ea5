using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Quality;

/// <summary>Runs the deterministic checks on one answer and joins them to a score card. Holds no state; safe to share.</summary>
public sealed class Evaluator
{
    private readonly ICheck[] _parts;
    private readonly ICheck[] _checks;
    private readonly IntegrityCheck _integrity;
    private readonly CompositePreset _preset;

    /// <summary>All the checks of the product.</summary>
    /// <param name="preset">How the composite is formed.</param>
    public Evaluator(CompositePreset preset = CompositePreset.Default)
    {
        _preset = preset;
        _parts =
        [
            new RepetitionCheck(), new TruncationCheck(), new EmptyCheck(), new CharactersCheck(), new ScriptCheck(), new NumbersCheck(),
        ];
        _integrity = new IntegrityCheck(_parts);
        _checks =
        [
            new RelevanceCheck(), new CompletenessCheck(), new GroundednessCheck(), new AccuracyCheck(), new CoherenceCheck(),
            new RefusalCheck(), new SafetyCheck(), new PrivacyCheck(), new InjectionCheck(), new ToneCheck(), new LanguageCheck(),
            new JsonCheck(), new CodeCheck(), new CitationCheck(),
        ];
    }

    /// <summary>Every check, parts of integrity first: for documentation and for tests that hold for all of them.</summary>
    public IEnumerable<ICheck> Checks => [.. _parts, _integrity, .. _checks];

    /// <summary>The card of one answer. Never throws on any text; the time is bounded by the clipping of long texts.</summary>
    public ScoreCard Evaluate(ResponseSample sample)
    {
        CheckInput input = new(sample);
        Dictionary<string, DimensionScore> scores = new(StringComparer.Ordinal);
        List<KeyValuePair<string, DimensionScore>> parts = new(_parts.Length);
        foreach (ICheck part in _parts)
        {
            if (part.Evaluate(input) is { } score)
            {
                parts.Add(new(part.Dimension, score));
                scores[part.Dimension] = score;
            }
        }

        scores[_integrity.Dimension] = _integrity.Join(input, parts);
        foreach (ICheck check in _checks)
        {
            if (check.Evaluate(input) is { } score)
            {
                scores[check.Dimension] = score;
            }
        }

        List<KeyValuePair<string, DimensionScore>> ordered = new(scores.Count);
        foreach (string dimension in QualityDimensions.All)
        {
            if (scores.TryGetValue(dimension, out DimensionScore? score))
            {
                ordered.Add(new(dimension, input.Response.Clipped ? WithClip(score, input.Response.Text.Length) : score));
            }
        }

        double? composite = CompositeScore.Of(d => scores.GetValueOrDefault(d)?.Score, _preset);
        return new ScoreCard(sample.Id, sample.Time, sample.Entity, ordered, composite);
    }

    private static DimensionScore WithClip(DimensionScore score, int length) =>
        score.Score is null || score.Reasons.Count == DimensionScore.ReasonsMax
            ? score
            : score with { Reasons = [.. score.Reasons, $"only the first and last {length} characters were read"] };
}
