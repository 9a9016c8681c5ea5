using System.Globalization;

namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>Turns candidates into ranked causes: leads against the target, scores in order, at most so many.</summary>
internal static class DiagnosisComposer
{
    public static List<RankedCause> Causes(IEnumerable<Candidate> candidates, OnsetInterval onset, int top)
    {
        List<RankedCause> causes = [];
        HashSet<(Topology.EntityId, Metrics.MetricName)> seen = [];
        double limit = 1;
        foreach (Candidate candidate in candidates)
        {
            if (causes.Count >= Math.Max(1, top))
            {
                break;
            }

            if (!seen.Add((candidate.Entity, candidate.Metric)))
            {
                continue;
            }

            OnsetInterval own = candidate.Onset ?? onset;
            (double lead, double resolution) = Lead(own, onset);
            limit = Math.Min(limit, candidate.Score);
            causes.Add(new RankedCause(
                causes.Count + 1, candidate.Entity, candidate.Metric, Math.Round(limit, 4), null, lead, resolution, own, candidate.Evidence, candidate.Against));
        }

        return causes;
    }

    /// <summary>Distance of the middles of two onset intervals, and half their widths together.</summary>
    public static (double LeadSeconds, double ResolutionSeconds) Lead(OnsetInterval cause, OnsetInterval target)
    {
        double lead = (target.LastNormal.UnixMs + target.FirstAbnormal.UnixMs - cause.LastNormal.UnixMs - cause.FirstAbnormal.UnixMs) / 2000.0;
        double widths = (target.FirstAbnormal - target.LastNormal).TotalSeconds + (cause.FirstAbnormal - cause.LastNormal).TotalSeconds;
        return (lead, widths / 2);
    }

    /// <summary>A few sentences from the first cause and what was ruled out.</summary>
    public static string Summary(string title, IReadOnlyList<RankedCause> causes, IReadOnlyList<string> ruledOut)
    {
        IEnumerable<string> first = causes.Count > 0 ? causes[0].Evidence.Take(3) : [];
        string not = ruledOut.Count > 0 ? $" Ruled out: {char.ToLower(ruledOut[0][0], CultureInfo.InvariantCulture)}{ruledOut[0][1..]}" : "";
        return $"{title}. {string.Join(" ", first)}{not}";
    }
}
