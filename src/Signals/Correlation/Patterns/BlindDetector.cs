using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Calls fail and fewer answers are scored, so the scores show the survivors. Needs errors that rose, scores that did not
/// fall, and fewer of them (or none), or failures of so many that the scores are of the few.
/// </summary>
/// <remarks>Rules out "quality is fine": it is the quality of the answers that came.</remarks>
internal sealed class BlindDetector : IPatternDetector
{
    private const double FewerFrom = 0.6;
    private const double SurvivorsFrom = 0.3;

    public PatternMatch? Match(IncidentFacts facts)
    {
        if (facts.Errors is not { } errors || facts.Quality.Count == 0 || facts.QualityFell.Count > 0)
        {
            return null;
        }

        SeriesFact thinnest = facts.Quality.MinBy(f => Density(f, errors))!;
        double density = Density(thinnest, errors);
        double failed = ShareOf(errors, facts.Arrivals);
        if (density > FewerFrom && failed < SurvivorsFrom)
        {
            return null;
        }

        PatternMatch match = new(IncidentPattern.Blind, errors.Entity, errors.Metric, errors.Interval,
            $"{facts.Name(facts.Component)}: calls fail and few answers are scored; survivors look good") { HarmsUsers = true };
        match.Evidence.Add($"{facts.Moved(errors)}.");
        match.Evidence.Add(density > FewerFrom
            ? $"{failed * 100:0} % of the requests fail, so the scores are those of the survivors."
            : $"{thinnest.Metric} of {facts.Name(thinnest.Entity)} has scores in {density * 100:0} % of the buckets that it used to have.");
        match.RuledOut.Add("That quality is well: the scores are those of the answers that came.");
        RuleOut.Traffic(facts, match);
        return match;
    }

    /// <summary>Share of the requests that fail since the errors began; 0 where either is not counted.</summary>
    private static double ShareOf(SeriesFact errors, SeriesFact? requests)
    {
        if (requests is not { HasPoints: true } || errors.Definition.Unit != Metrics.MetricUnit.Count)
        {
            return 0;
        }

        double failed = 0;
        double all = 0;
        for (int i = errors.From; i < errors.To; i++)
        {
            int at = requests.View.At(errors.View.Times[i], 2 * errors.View.IntervalMs);
            failed += at < 0 ? 0 : errors.View.Values[i];
            all += at < 0 ? 0 : requests.View.Values[at];
        }

        return all > 0 ? Math.Min(1, failed / all) : 0;
    }

    /// <summary>Buckets with a score per time since the errors began, as a share of before.</summary>
    private static double Density(SeriesFact quality, SeriesFact errors)
    {
        long onset = errors.Interval!.Value.LastNormal.UnixMs;
        long end = errors.View.Times[errors.To - 1] + errors.View.IntervalMs;
        int split = quality.View.From(onset);
        int last = quality.View.From(end);
        double before = split / Math.Max(1.0, onset - quality.View.Times[0]);
        double after = (last - split) / Math.Max(1.0, end - onset);
        return before > 0 ? Math.Min(1, after / before) : 1;
    }
}
