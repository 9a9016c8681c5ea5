using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Graph;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>Diagnosis over call edges: a generic node, or an endpoint that calls others.</summary>
internal static class NodeDiagnosis
{
    private static readonly string[] Symptoms = ["availability", "latency", "errors_5xx", "errors_model"];

    /// <summary>Candidates among the target and its callees, and the target's symptom; null when it shows none.</summary>
    public static (TargetSymptom Symptom, IReadOnlyList<GraphNode> Nodes)? Rank(DiagnosisRequest request, SeriesIndex index, OnsetFinder finder)
    {
        TargetSymptom? target = null;
        foreach (SeriesView view in Views(request, index))
        {
            TargetSymptom? found = SymptomFinder.Find(view, index.RequestsOf(request.Target), request.At, finder, request.Options);
            target = found is not null && (target is null || found.PeakZ > target.PeakZ) ? found : target;
        }

        return target is null ? null : (target, new CallGraphRanker(request.Topology, index, target, finder, request.Options).Rank());
    }

    public static Diagnosis Compose(DiagnosisRequest request, TargetSymptom target, IReadOnlyList<GraphNode> nodes)
    {
        IEnumerable<Candidate> candidates = nodes.Where(n => n.Score > 0).Select(n => Of(n, target, request));
        Candidate? change = nodes.Count > 0 && nodes[0].Score > 0 ? Change(nodes[0], target, request) : null;
        List<RankedCause> causes = DiagnosisComposer.Causes(change is null ? candidates : candidates.Prepend(change), target.Onset, request.Top);
        List<string> ruledOut = RuledOut(target, nodes, request);
        int judged = nodes.Count(n => !n.IsBlind);
        string first = causes.Count > 0 ? $"{request.Topology.Format(causes[0].Entity)}" : "no callee stands out";
        string title = Phrase.Title($"{request.Topology.Format(request.Target)}: {target.Symptom.Metric} worse; most of it from {first}");
        return new Diagnosis(
            request.Target, target.Symptom.Metric, change is null ? IncidentPattern.Unknown : IncidentPattern.BadRollout, target.Onset, causes, ruledOut, title,
            DiagnosisComposer.Summary(title, causes, ruledOut), nodes.Count == 0 ? 0 : (double)judged / nodes.Count, HarmsUsers: true);
    }

    public static Candidate Of(GraphNode node, TargetSymptom target, DiagnosisRequest request)
    {
        NodeSymptom? symptom = node.Symptom;
        string name = request.Topology.Format(node.Entity);
        List<string> evidence = [];
        List<string> against = [];
        if (node.StandIn is { } standIn)
        {
            evidence.Add(standIn);
            against.Add("Only its caller shows the symptom.");
        }
        else if (symptom is not null && !node.IsBlind)
        {
            string own = $"{Math.Min(1, node.Own / target.Total) * 100:0} %";
            string way = $"from {Phrase.Value(symptom.View, symptom.BaseValue)} to {Phrase.Value(symptom.View, Level(node, target))}";
            evidence.Add($"{symptom.Metric} of {name} went {way} in the incident's buckets ({node.Z:0.#} spreads).");
            evidence.Add($"Its own excess, what its callees do not explain, is {own} of that of {request.Topology.Format(request.Target)}.");
            if (node.ResidualZ is { } residual && residual >= request.Options.AbnormalZ)
            {
                evidence.Add($"Regressed on its callees over the reference, its residual is {residual:0.#} spreads off.");
            }

            if (symptom.Requests is null)
            {
                against.Add("Its requests are not counted: its caller's count stands in.");
            }
        }

        if (!node.IsReached)
        {
            against.Add("No chain of anomalous callers leads to it.");
        }

        return new Candidate(node.Entity, symptom?.Metric ?? target.Symptom.Metric, node.Score, node.Onset, evidence, against);
    }

    /// <summary>A deployment at the first cause shortly before the onset names the cause further.</summary>
    private static Candidate? Change(GraphNode first, TargetSymptom target, DiagnosisRequest request)
    {
        long to = target.Onset.FirstAbnormal.UnixMs;
        long from = to - (long)request.Options.EventReach.TotalMilliseconds;
        foreach (SeriesData series in request.Series.Where(s => s.Key.Entity == first.Entity && s.Key.Metric.Base == "deployment_event"))
        {
            int last = Array.FindLastIndex(series.TimesUnixMs, t => t <= to && t >= from);
            if (last >= 0 && series.Values[last] != 0)
            {
                Timestamp when = new(series.TimesUnixMs[last]);
                string text = $"A deployment of {request.Topology.Format(first.Entity)} at {Phrase.Time(when)}, {Phrase.Span((target.Onset.FirstAbnormal - when).TotalSeconds)} before the target's trouble.";
                return new Candidate(first.Entity, series.Key.Metric, first.Score, new OnsetInterval(when, when), [text], []);
            }
        }

        return null;
    }

    private static double Level(GraphNode node, TargetSymptom target)
    {
        double sum = 0;
        double weight = 0;
        for (int b = 0; b < target.TimesUnixMs.Length; b++)
        {
            int i = node.Symptom!.PointAt(target.TimesUnixMs[b], target.Symptom.View.IntervalMs);
            if (i >= 0)
            {
                sum += target.Excess[b] * node.Symptom.View.Values[i];
                weight += target.Excess[b];
            }
        }

        return weight > 0 ? sum / weight : node.Symptom!.BaseValue;
    }

    private static List<string> RuledOut(TargetSymptom target, IReadOnlyList<GraphNode> nodes, DiagnosisRequest request)
    {
        const int Most = 5;
        const double Little = 0.1;
        List<string> sentences = [];
        IEnumerable<GraphNode> moved = nodes.Where(n => n.Z >= request.Options.CandidateZ && n.Own < Little * target.Total);
        foreach (GraphNode node in moved.OrderByDescending(n => n.Z).ThenBy(n => n.Entity).Take(Most))
        {
            string why = node.Excess < Little * target.Total ? "its mass is too small to matter" : "its callees explain it";
            sentences.Add($"{request.Topology.Format(node.Entity)} moved {node.Z:0.#} spreads, but {why} (own excess {node.Own / target.Total * 100:0} % of the target's).");
        }

        int blind = nodes.Count(n => n.IsBlind);
        if (blind > 0)
        {
            sentences.Add($"Nothing is said of {blind} of {nodes.Count} entities: no history, or no points in the incident.");
        }

        return sentences;
    }

    private static IEnumerable<SeriesView> Views(DiagnosisRequest request, SeriesIndex index)
    {
        if (request.Metric is not null)
        {
            return index.LikeSymptom(request.Target, request.Metric) is { } named ? [named] : [];
        }

        return Symptoms.Select(s => index.LikeSymptom(request.Target, MetricName.Of(s))).OfType<SeriesView>();
    }
}
