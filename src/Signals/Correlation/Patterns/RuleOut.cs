using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>Sentences on what an incident is not. Each is written only where the facts carry it; what was not measured is said to be so.</summary>
internal static class RuleOut
{
    /// <summary>Arrivals from here on, as a multiple of normal, are a competing cause.</summary>
    private const double SurgeFactor = 1.3;

    public static void Quality(IncidentFacts facts, PatternMatch match)
    {
        if (facts.Quality.Count == 0)
        {
            match.RuledOut.Add("Quality: no scores, so nothing is said about it.");
            return;
        }

        if (facts.QualityFell.Count == 0)
        {
            SeriesFact shown = facts.Quality[0];
            match.RuledOut.Add($"Quality degradation: {facts.Quality.Count} of {facts.Quality.Count} dimensions within their normal; {facts.Stayed(shown)}.");
        }
    }

    /// <summary>Traffic inside the reference's range is ruled out; beyond its 99th percentile it is a competing cause.</summary>
    public static void Traffic(IncidentFacts facts, PatternMatch match)
    {
        if (facts.Arrivals is not { HasHistory: true, HasPoints: true } arrivals)
        {
            match.RuledOut.Add("Traffic: no request counts, so overload is neither ruled out nor claimed.");
            return;
        }

        string low = Phrase.Value(arrivals.View, arrivals.View.Scale.Back(arrivals.Normal.Level.Low));
        string high = Phrase.Value(arrivals.View, arrivals.View.Scale.Back(arrivals.Normal.Level.High));
        string range = $"normal range {low} to {high}";
        bool beyond = arrivals.View.Scale.Of(arrivals.After) > arrivals.Normal.Level.High;
        if (arrivals.Rose && beyond && arrivals.Factor >= SurgeFactor)
        {
            match.Against.Add($"Overload competes as a cause: {facts.Moved(arrivals)}, beyond its {range}.");
        }
        else
        {
            match.RuledOut.Add($"Traffic surge: {facts.MovedOrStayed(arrivals)}, {range}.");
        }
    }

    public static void Pressure(IncidentFacts facts, PatternMatch match)
    {
        List<string> seen = [];
        foreach (string name in new[] { "kv_cache_usage", "gpu_memory_usage", "queue_depth", "latency" })
        {
            if (facts.Find(name) is { HasHistory: true, HasPoints: true } fact && !fact.GotWorse)
            {
                seen.Add(facts.MovedOrStayed(fact));
            }
        }

        SeriesFact? gpu = facts.OnGpus("gpu_memory_usage").Concat(facts.OnGpus("gpu_utilization")).FirstOrDefault(f => f.HasHistory && !f.Rose);
        if (gpu is not null)
        {
            seen.Add(facts.MovedOrStayed(gpu));
        }

        if (seen.Count > 0)
        {
            match.RuledOut.Add($"Pressure on the infrastructure: {string.Join("; ", seen)}.");
        }
    }

    public static void Changes(IncidentFacts facts, PatternMatch match)
    {
        bool any = facts.Events("deployment_event").Any() || facts.Events("adapter_change_event").Any();
        if (!any)
        {
            match.RuledOut.Add("A change: no deployment or adapter event within reach of the onset.");
        }
    }

    /// <summary>A fault of hardware next to a fall of quality is said, and not offered as its cause.</summary>
    public static void HardwareAsCauseOfText(IncidentFacts facts, PatternMatch match)
    {
        if (facts.QualityFell.Count > 0)
        {
            match.Against.Add($"{facts.Moved(facts.QualityFell[0])}: a hardware fault is not known to make text silently wrong, and is not offered as its cause.");
        }
    }
}
