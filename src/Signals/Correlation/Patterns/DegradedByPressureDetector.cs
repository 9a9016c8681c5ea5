using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Memory or concurrency fills up, then answers get worse, and recover with the load. Needs pressure (KV cache, GPU memory,
/// queue or concurrency) that began no later than the fall of a score.
/// </summary>
/// <remarks>Says the dose: the fall of the score per step of the pressure, by least squares over the buckets that have both.</remarks>
internal sealed class DegradedByPressureDetector : IPatternDetector
{
    private const double HighShare = 0.85;
    private const double MinCorrelation = -0.4;
    private const int MinPairs = 8;

    private static readonly string[] Inside = ["concurrency", "requests_running"];

    private static readonly string[] Affected =
    [
        QualityDimensions.Integrity, QualityDimensions.Json, QualityDimensions.Groundedness, QualityDimensions.Truncation,
        QualityDimensions.Repetition, QualityDimensions.Empty, QualityDimensions.Completeness, QualityDimensions.Relevance,
        QualityDimensions.Coherence, QualityDimensions.Code, QualityDimensions.Accuracy, QualityDimensions.Composite,
    ];

    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? quality = Affected.Select(facts.Find).FirstOrDefault(f => f is { Fell: true });
        SeriesFact? pressure = Pressure(facts);
        if (quality is null || pressure is null || quality.Interval!.Value.Precedes(pressure.Interval!.Value))
        {
            return null;
        }

        (double slope, double correlation, int pairs) = Dose(pressure, quality);
        // A few bad buckets among hundreds of good ones have no correlation yet, and say nothing against it.
        if (pairs >= MinPairs && correlation > MinCorrelation && quality.To - quality.From >= MinPairs)
        {
            return null;
        }

        PatternMatch match = new(IncidentPattern.DegradedByPressure, pressure.Entity, pressure.Metric, pressure.Interval,
            $"{facts.Name(facts.Component)}: {quality.Name} falls as {Readable(pressure.Name)} fills up") { HarmsUsers = true };
        match.Evidence.Add($"{facts.Moved(pressure)}; then {facts.Moved(quality)}.");
        if (pairs >= MinPairs)
        {
            double step = pressure.Definition.Unit == MetricUnit.Ratio ? 0.1 * pressure.Whole : 0.1 * Math.Max(1, pressure.After);
            string dose = $"Dose: {slope * step:+0.000;-0.000} {quality.Name} per {Phrase.Value(pressure.View, step)} of {pressure.Name} (r {correlation:0.00} over {pairs} buckets)";
            match.Evidence.Add(HasRecovered(pressure, quality) ? $"{dose}; it recovered with the load." : $"{dose}; expected to recover with the load.");
        }

        foreach (SeriesFact more in facts.QualityFell.Where(f => f != quality).Take(2))
        {
            match.Evidence.Add($"{facts.Moved(more)}.");
        }

        RuleOut.Traffic(facts, match);
        RuleOut.Changes(facts, match);
        return match;
    }

    private static SeriesFact? Pressure(IncidentFacts facts)
    {
        if (facts.Find("kv_cache_usage") is { Rose: true } kv && kv.Worst >= HighShare * kv.Whole)
        {
            return kv;
        }

        SeriesFact? memory = facts.OnGpus("gpu_memory_usage").Where(f => f.Rose && f.Worst >= HighShare * f.Whole).MaxBy(f => f.Z)
            ?? (facts.Find("gpu_memory_usage") is { Rose: true } own && own.Worst >= HighShare * own.Whole ? own : null);
        if ((memory ?? facts.FirstWorse("preemptions", "queue_depth")) is { } full)
        {
            return full;
        }

        // Many requests inside a pool that is known to have room press on nothing.
        bool hasRoom = facts.Find("kv_cache_usage") is { HasPoints: true } measured && measured.Worst < HighShare * measured.Whole;
        return hasRoom ? null : Inside.Select(facts.Find).FirstOrDefault(f => f is { Rose: true });
    }

    /// <summary>Slope and correlation of the score on the pressure, over the buckets from an hour before the onset on.</summary>
    private static (double Slope, double Correlation, int Pairs) Dose(SeriesFact pressure, SeriesFact quality)
    {
        const long HourMs = 3_600_000;
        long from = quality.View.Times[Math.Min(quality.From, quality.View.Count - 1)] - HourMs;
        double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
        for (int i = quality.View.From(from); i < quality.To; i++)
        {
            int at = pressure.View.At(quality.View.Times[i], 2 * Math.Max(pressure.View.IntervalMs, quality.View.IntervalMs));
            if (at < 0)
            {
                continue;
            }

            double x = pressure.View.Values[at];
            double y = quality.View.Values[i];
            n++;
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }

        double vx = n > 0 ? sxx - sx * sx / n : 0;
        double vy = n > 0 ? syy - sy * sy / n : 0;
        double c = n > 0 ? sxy - sx * sy / n : 0;
        return vx > 0 && vy > 0 ? (c / vx, c / Math.Sqrt(vx * vy), (int)n) : (0, 0, 0);
    }

    private static bool HasRecovered(SeriesFact pressure, SeriesFact quality)
    {
        double lastPressure = pressure.View.Values[pressure.To - 1];
        double lastQuality = quality.View.Values[quality.To - 1];
        return lastPressure < (pressure.Before + pressure.After) / 2 && lastQuality > (quality.Before + quality.After) / 2;
    }

    private static string Readable(string name) => name switch
    {
        "kv_cache_usage" => "the KV cache",
        "gpu_memory_usage" => "GPU memory",
        "queue_depth" => "the queue",
        "preemptions" => "the KV cache",
        _ => name.Replace('_', ' '),
    };
}
