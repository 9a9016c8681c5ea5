using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// The judge moved, not the models. Needs either a series of the judge itself (its canaries, a pseudo-entity of the judge)
/// that left its normal no later than the scores, or judged scores that stepped at the same time on every one of at least
/// two components while what is computed without a judge stayed.
/// </summary>
/// <remarks>Rules out a fall of quality: components that share nothing but the judge do not get worse in the same bucket.</remarks>
internal sealed class JudgeDriftDetector : IPatternDetector
{
    private static readonly string[] Computed =
    [
        QualityDimensions.Integrity, QualityDimensions.Repetition, QualityDimensions.Truncation, QualityDimensions.Empty,
        QualityDimensions.Characters, QualityDimensions.Script, QualityDimensions.Numbers, QualityDimensions.Json,
        QualityDimensions.Language, QualityDimensions.Code,
    ];

    private const long SameStepMs = 120_000;

    public PatternMatch? Match(IncidentFacts facts) => ByCanary(facts) ?? ByAllAtOnce(facts);

    private static PatternMatch? ByCanary(IncidentFacts facts)
    {
        SeriesFact? moved = facts.Table.All.Find(f => f.Moved && IsOfJudge(f));
        if (moved is null || facts.QualityFell.Any(q => q.Interval!.Value.Precedes(moved.Interval!.Value) && Array.IndexOf(Computed, q.Name) >= 0))
        {
            return null;
        }

        PatternMatch match = new(IncidentPattern.JudgeDrift, moved.Entity, moved.Metric, moved.Interval,
            $"{facts.Name(facts.Component)}: the judge drifts; scores are not to be trusted");
        match.Evidence.Add($"{facts.Moved(moved)}: the judge's own check moved.");
        AddScores(facts, match);
        return match;
    }

    private static PatternMatch? ByAllAtOnce(IncidentFacts facts)
    {
        // The dimension that a rule is about is the one that people were told of.
        SeriesFact? asked = facts.DimensionNamedByRule()?.Fact;
        SeriesFact? first = facts.QualityFell.OrderBy(f => f != asked).FirstOrDefault(f => Array.IndexOf(Computed, f.Name) < 0);
        if (first is null || facts.Siblings.Count == 0 || facts.Quality.Any(f => f.Moved && Array.IndexOf(Computed, f.Name) >= 0))
        {
            return null;
        }

        int judged = 0;
        foreach (EntityId sibling in facts.Siblings)
        {
            SeriesFact[] scores = [.. QualityDimensions.All.Select(d => facts.Table.Find(sibling, d)).OfType<SeriesFact>().Where(f => f.HasHistory)];
            if (scores.Length == 0)
            {
                continue;
            }

            judged++;
            bool together = scores.Any(f => f.Fell && Array.IndexOf(Computed, f.Name) < 0
                && Math.Abs(f.Interval!.Value.FirstAbnormal.UnixMs - first.Interval!.Value.FirstAbnormal.UnixMs) <= Math.Max(SameStepMs, 2 * f.View.IntervalMs));
            if (!together || scores.Any(f => f.Fell && Array.IndexOf(Computed, f.Name) >= 0))
            {
                return null;
            }
        }

        bool explained = facts.Events("deployment_event").Any(e => e.Entity == facts.Endpoint) || facts.Find("kv_cache_usage") is { Rose: true };
        if (judged == 0 || explained)
        {
            return null;
        }

        PatternMatch match = new(IncidentPattern.JudgeDrift, first.Entity, first.Metric, first.Interval,
            $"{facts.Name(facts.Endpoint)}: judged scores fall on all components at once; suspect the judge");
        match.Evidence.Add($"{facts.Moved(first)}; the same step at the same time on {judged} other component{(judged == 1 ? "" : "s")}.");
        AddScores(facts, match);
        return match;
    }

    private static void AddScores(IncidentFacts facts, PatternMatch match)
    {
        SeriesFact? computed = facts.Quality.FirstOrDefault(f => Array.IndexOf(Computed, f.Name) >= 0 && !f.Moved);
        if (computed is not null)
        {
            match.RuledOut.Add($"A fall of quality: {facts.Stayed(computed)}, and it needs no judge.");
        }

        RuleOut.Changes(facts, match);
    }

    private static bool IsOfJudge(SeriesFact fact) =>
        fact.Entity.Endpoint.StartsWith("_judge", StringComparison.Ordinal)
        || fact.Metric.Base.Contains("judge", StringComparison.OrdinalIgnoreCase)
        || fact.Metric.Base.Contains("canary", StringComparison.OrdinalIgnoreCase);
}
