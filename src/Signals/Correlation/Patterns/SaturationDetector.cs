using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// The serving engine runs out of room: KV cache full, queue or preemptions up, slower answers, and quality flat. Needs a
/// full KV pool, preemptions or a grown queue (or a GPU at its limit with a queue), and something that users or the engine
/// feel. A shallow fall of scores that is not in step with the pressure is said, and does not stand against it.
/// </summary>
/// <remarks>
/// Preemptions are the first cause when they begin with the full pool or before it, before any queue, and go on for a fair
/// share of the requests: then the engine throws away work that it has to do again. When a queue was first, the
/// full pool is. Rules out quality and, inside the reference's range, traffic.
/// </remarks>
internal sealed class SaturationDetector : IPatternDetector
{
    private const double HighShare = 0.9;
    private const double FullShare = 0.98;
    private const double QueueMin = 3;
    /// <summary>Scores that fall this far are the story themselves.</summary>
    private const double DeepFall = 0.12;
    private const long TogetherMs = 10_000;
    private const double BusyShare = 0.95;
    private const double ThrashPersistence = 0.5;
    private const double ThrashShare = 0.12;

    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? kv = facts.Find("kv_cache_usage") is { HasPoints: true } pool && pool.Worst >= HighShare * pool.Whole && !pool.Fell ? pool : null;
        SeriesFact? preemptions = facts.Find("preemptions") is { Onset: { Sign: > 0 } } thrown ? thrown : null;
        SeriesFact? queue = facts.Queue is { } grown && (grown.Definition.Unit != MetricUnit.Count || grown.Worst >= QueueMin) ? grown : null;
        SeriesFact? felt = facts.Latency ?? facts.Throughput ?? facts.Errors;
        bool engine = kv is not null && (kv.Rose || queue is not null || preemptions is not null || felt is not null);
        bool busy = queue is not null && (Busy(facts) || felt is not null);
        bool outOfRoom = engine || preemptions is not null || busy;
        bool matters = felt is not null || queue is not null || preemptions is not null;
        if (!outOfRoom || !matters || facts.QualityFell.Any(f => f.Before - f.After >= DeepFall * f.Whole))
        {
            return null;
        }

        SeriesFact first = First(facts, kv, preemptions, queue);
        PatternMatch match = new(IncidentPattern.Saturation, first.Entity, first.Metric, first.Interval, Title(facts, first, queue, felt))
        {
            HarmsUsers = felt is not null,
        };
        foreach (SeriesFact? fact in new[] { first, kv, preemptions, queue, facts.Latency, facts.Throughput, facts.Errors }.Distinct())
        {
            if (fact is not null)
            {
                match.Evidence.Add($"{facts.MovedOrStayed(fact)}.");
            }
        }

        RuleOut.Quality(facts, match);
        foreach (SeriesFact fell in facts.QualityFell.Take(2))
        {
            match.Against.Add($"{facts.Moved(fell)}, but not in step with the pressure.");
        }

        RuleOut.Traffic(facts, match);
        if (first == preemptions && Busy(facts))
        {
            match.RuledOut.Add("Too little compute: the GPU is busy, but with work that preemption makes it do again.");
        }

        return match;
    }

    private static SeriesFact First(IncidentFacts facts, SeriesFact? kv, SeriesFact? preemptions, SeriesFact? queue)
    {
        if (preemptions is null)
        {
            return kv ?? queue!;
        }

        if (kv is null)
        {
            return queue?.Interval is { } waiting && waiting.Precedes(preemptions.Interval!.Value) ? queue : preemptions;
        }

        OnsetInterval began = preemptions.Interval!.Value;
        bool queueFirst = queue?.Interval is { } grew && grew.Precedes(began);
        bool thrashes = Thrashes(facts, preemptions);
        bool withFullPool = FullAt(kv) is not { } full || began.FirstAbnormal.UnixMs <= full + TogetherMs;
        return withFullPool && !queueFirst && thrashes ? preemptions : kv;
    }

    /// <summary>It throws out again and again, and not a few among many requests: that alone eats the engine.</summary>
    private static bool Thrashes(IncidentFacts facts, SeriesFact preemptions)
    {
        if (preemptions.Persistence < ThrashPersistence || facts.Arrivals is not { HasPoints: true } arrivals)
        {
            return preemptions.Persistence >= ThrashPersistence;
        }

        Timestamp from = preemptions.Interval!.Value.LastNormal;
        double thrown = Sum(preemptions.View, from, preemptions.To);
        return thrown >= ThrashShare * Sum(arrivals.View, from, arrivals.To);
    }

    private static double Sum(SeriesView view, Timestamp from, int to)
    {
        double sum = 0;
        for (int i = view.From(from.UnixMs); i < to; i++)
        {
            sum += view.Values[i];
        }

        return sum;
    }

    /// <summary>End of the first bucket since the onset in which the pool was full; null: it never was, or always.</summary>
    private static long? FullAt(SeriesFact kv)
    {
        for (int i = kv.From; i < kv.To; i++)
        {
            if (kv.View.Values[i] >= FullShare * kv.Whole)
            {
                return kv.View.Times[i] + kv.View.IntervalMs;
            }
        }

        return null;
    }

    private static bool Busy(IncidentFacts facts) =>
        facts.OnGpus("gpu_utilization").Append(facts.Find("gpu_utilization")!).Any(f => f is { HasPoints: true } && f.AfterShare >= BusyShare);

    private static string Title(IncidentFacts facts, SeriesFact first, SeriesFact? queue, SeriesFact? felt)
    {
        string what = first.Name switch
        {
            "preemptions" => "preemption thrash",
            "kv_cache_usage" => "KV cache full",
            _ => "saturated",
        };
        string? waits = queue is null || queue == first ? null : "queue grows";
        string? quality = facts.Quality.Count > 0 && facts.QualityFell.Count == 0 ? "quality flat" : null;
        string[] then = [.. new[] { waits, Felt(felt), quality }.OfType<string>()];
        return $"{facts.Name(facts.Component)}: {what}{(then.Length == 0 ? "" : "; " + string.Join(", ", then))}";
    }

    private static string? Felt(SeriesFact? felt) => felt?.Definition.Unit switch
    {
        null => null,
        MetricUnit.Seconds => "slower answers",
        MetricUnit.PerSecond => "fewer tokens",
        _ => felt.Name == "generation_tokens" ? "fewer tokens" : "calls fail",
    };
}
