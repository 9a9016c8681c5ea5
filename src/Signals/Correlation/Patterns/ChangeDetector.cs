using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// A change event, then worse quality, errors or latency, confined to what was changed. Needs the event no later than the
/// harm and within the option's reach of it.
/// </summary>
/// <remarks>
/// Rules out pressure when the infrastructure is flat, and the change when components that it did not touch suffer as well:
/// then something wider is at work.
/// </remarks>
internal abstract class ChangeDetector(IncidentPattern pattern, string eventName, string what) : IPatternDetector
{
    private const double SameDepth = 0.5;
    private static readonly TimeSpan ScoreSlack = TimeSpan.FromSeconds(60);

    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? harm = Harm(facts);
        if (harm?.Interval is not { } onset)
        {
            return null;
        }

        // A change of scores is dated by a few answers per bucket, so its date may be early.
        TimeSpan slack = harm.Definition.Unit == MetricUnit.Score ? ScoreSlack : TimeSpan.Zero;
        EventFact? change = Last(facts, onset.FirstAbnormal + slack, out Timestamp when);
        if (change is null || SuffersElsewhere(facts, change, harm))
        {
            return null;
        }

        // The only component of an endpoint is what a deployment of the endpoint deploys.
        EntityId changed = change.Entity.Kind == EntityKind.Endpoint && facts.Siblings.Count == 0 ? facts.Component : change.Entity;
        PatternMatch match = new(pattern, changed, change.Metric, new OnsetInterval(when, when),
            $"{facts.Name(facts.Component)}: {harm.Name} worse since {what}")
        {
            HarmsUsers = true,
        };
        string later = Phrase.Span(Math.Max(0, (onset.FirstAbnormal - when).TotalSeconds));
        match.Evidence.Add($"{Capital(what)} of {facts.Name(change.Entity)} at {Phrase.Time(when)}; {facts.Moved(harm)}, {later} after it.");
        foreach (SeriesFact fell in facts.QualityFell.Where(f => f != harm).Take(3))
        {
            match.Evidence.Add($"{facts.Moved(fell)}.");
        }

        AddConfinement(facts, change, match);
        RuleOut.Pressure(facts, match);
        RuleOut.Traffic(facts, match);
        return match;
    }

    private static SeriesFact? Harm(IncidentFacts facts)
    {
        SeriesFact? quality = facts.QualityFell.OrderBy(f => f.Name == QualityDimensions.Composite).FirstOrDefault();
        SeriesFact? errors = facts.Errors;
        SeriesFact? first = quality;
        if (errors is not null && (first is null || errors.Interval!.Value.Precedes(first.Interval!.Value)))
        {
            first = errors;
        }

        return first ?? facts.Latency ?? facts.Throughput;
    }

    private EventFact? Last(IncidentFacts facts, Timestamp latest, out Timestamp when)
    {
        EventFact? last = null;
        when = default;
        foreach (EventFact change in facts.Events(eventName))
        {
            foreach (Timestamp time in change.Times)
            {
                if (time <= latest && latest - time <= facts.Options.EventReach && (last is null || time >= when))
                {
                    last = change;
                    when = time;
                }
            }
        }

        return last;
    }

    /// <summary>True when another component, which the change did not touch, shows the same harm, at least half as deep.</summary>
    private static bool SuffersElsewhere(IncidentFacts facts, EventFact change, SeriesFact harm) =>
        change.Entity.Kind != EntityKind.Endpoint && facts.Siblings.Any(s => facts.Table.Find(s, harm.Name) is { GotWorse: true } other
            && Math.Abs(other.After - other.Before) >= SameDepth * Math.Abs(harm.After - harm.Before));

    private static void AddConfinement(IncidentFacts facts, EventFact change, PatternMatch match)
    {
        SeriesFact[] others = [.. facts.Siblings.SelectMany(s => facts.Table.Of(s)).Where(f => f.Definition.Unit == MetricUnit.Score && f.HasHistory)];
        if (change.Entity.Kind != EntityKind.Endpoint && others.Length > 0 && others.All(f => !f.GotWorse))
        {
            int count = others.Select(f => f.Entity).Distinct().Count();
            match.RuledOut.Add($"Something wider: the scores of {count} other component(s) of the endpoint are within their normal.");
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
