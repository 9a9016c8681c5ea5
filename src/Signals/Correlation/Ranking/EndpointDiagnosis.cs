using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Graph;
using Grainwatch.Signals.Correlation.Patterns;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

using SeriesIndex = Grainwatch.Signals.Correlation.Facts.SeriesIndex;

namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>Diagnosis of a SageMaker endpoint or of anything on it: patterns name the first cause, the tree ranks the rest.</summary>
internal sealed class EndpointDiagnosis
{
    private const string JudgePrefix = "_judge";
    private const double SymptomScore = 0.05;

    private static readonly string[] Touchy =
    [
        QualityDimensions.Safety, QualityDimensions.Privacy, QualityDimensions.Injection, QualityDimensions.Integrity,
        QualityDimensions.Repetition, QualityDimensions.Truncation, QualityDimensions.Empty, QualityDimensions.Characters,
        QualityDimensions.Script, QualityDimensions.Numbers,
    ];

    private readonly DiagnosisRequest _request;
    private readonly SeriesIndex _index;
    private readonly OnsetFinder _finder;
    private readonly FactTable _table;
    private readonly SeriesFact? _symptom;

    public EndpointDiagnosis(DiagnosisRequest request, SeriesIndex index, OnsetFinder finder)
    {
        _request = request;
        _index = index;
        _finder = finder;
        string endpoint = request.Target.Endpoint;
        bool IsInScope(EntityId e) => (e.Endpoint == endpoint && e.Kind != EntityKind.Node) || e.Endpoint.StartsWith(JudgePrefix, StringComparison.Ordinal);
        _table = new FactTable(index, IsInScope, request, finder);
        _symptom = Symptom();
    }

    /// <returns>Null when nothing is anomalous.</returns>
    public Diagnosis? Diagnose()
    {
        OnsetInterval? symptomOnset = _symptom?.Interval;
        IncidentFacts[] scopes = [.. Scopes().Select(c => new IncidentFacts(_table, _request.Topology, c, symptomOnset, _request.Verdicts))];
        (PatternMatch Match, IncidentFacts Facts)? named = PatternCatalogue.First(scopes, _request.Known);
        List<Candidate> ranked = new TreeRanker(_request.Topology, _table, _request.Target, _symptom, symptomOnset).Rank();
        AddCallees(ranked);
        if (named is null && _symptom is { Moved: true } moved && (moved.GotWorse || ranked.Count > 0 || _request.Metric is not null))
        {
            List<string> itself = ["It is the symptom itself; nothing else explains it."];
            ranked.Add(new Candidate(moved.Entity, moved.Metric, SymptomScore, moved.Interval, [$"{Phrase.Moved(moved, _request.Topology)}."], itself, moved));
        }

        bool anythingWorse = ranked.Any(c => c.Fact is null || c.Fact.GotWorse);
        if (named is null && !anythingWorse)
        {
            return null;
        }

        OnsetInterval onset = symptomOnset ?? named?.Match.Onset ?? ranked.FirstOrDefault()?.Onset ?? new OnsetInterval(_request.At, _request.At);
        AddCoMovement(ranked);
        return Compose(named, ranked, onset, scopes);
    }

    private Diagnosis Compose((PatternMatch Match, IncidentFacts Facts)? named, List<Candidate> ranked, OnsetInterval onset, IncidentFacts[] scopes)
    {
        IEnumerable<Candidate> candidates = ranked;
        List<string> ruledOut = [];
        string title;
        IncidentPattern pattern = IncidentPattern.Unknown;
        if (named is { } n)
        {
            PatternMatch match = n.Match;
            pattern = match.Pattern;
            title = match.Title;
            ruledOut = match.RuledOut;
            double next = ranked.Count > 0 ? ranked[0].Score : 0;
            List<string> evidence = [.. match.Evidence, .. VerdictsOn(match.Entity)];
            candidates = ranked.Prepend(new Candidate(match.Entity, match.Metric, Math.Min(1, 0.5 + next / 2), match.Onset, evidence, match.Against));
        }
        else
        {
            string moved = ranked.Count > 0 ? $"{ranked[0].Metric} of {_request.Topology.Format(ranked[0].Entity)} moved most" : "anomalous";
            title = $"{_request.Topology.Format(_request.Target)}: {moved}; cause unknown";
        }

        List<RankedCause> causes = DiagnosisComposer.Causes(candidates, onset, _request.Top);
        title = Phrase.Title(title);
        bool touches = scopes.Any(s => s.QualityFell.Any(f => Array.IndexOf(Touchy, f.Name) >= 0));
        bool harms = named?.Match.HarmsUsers ?? scopes.Any(s => s.QualityFell.Count > 0 || s.Errors is not null || s.Latency is not null);
        Timestamp? exhaustion = named?.Match.ExhaustionAt;
        return new Diagnosis(
            _request.Target, _request.Metric ?? _symptom?.Metric, pattern, onset, causes, ruledOut, title,
            DiagnosisComposer.Summary(title, causes, ruledOut), Math.Round(_table.Coverage(), 4), harms, touches, exhaustion,
            exhaustion is { } at && at - _request.At <= _request.Options.ExhaustionHorizon);
    }

    /// <summary>The named symptom at the target or the nearest place that has it; without a name, what got worst there.</summary>
    private SeriesFact? Symptom()
    {
        EntityId target = _request.Target;
        if (_request.Metric is { } metric)
        {
            EntityId[] places = [target, .. _request.Topology.Relatives(target, EntityKind.Component), .. _request.Topology.Relatives(target, EntityKind.Endpoint)];
            foreach (EntityId place in places)
            {
                SeriesFact? named = _table.Of(place).FirstOrDefault(f => f.Metric == metric) ?? _table.Find(place, metric.Base);
                if (named is not null)
                {
                    return named;
                }
            }

            return null;
        }

        return _table.Of(target).Where(f => f.GotWorse).OrderByDescending(f => Math.Abs(f.Z)).ThenBy(f => f.Metric.Text, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The components that the target stands for, those in most trouble first.</summary>
    private IEnumerable<EntityId> Scopes()
    {
        EntityId target = _request.Target;
        if (target.Kind is EntityKind.Component)
        {
            return [target];
        }

        if (target.Kind is EntityKind.Copy)
        {
            return [target.Parent!];
        }

        EntityId[] components = [.. _request.Topology.Relatives(target, EntityKind.Component)];
        return components.Length == 0
            ? [EntityId.ForEndpoint(target.Endpoint)]
            : components.OrderByDescending(c => _table.Of(c).Where(f => f.GotWorse).Sum(f => Math.Log(1 + Math.Abs(f.Z)))).ThenBy(c => c);
    }

    private void AddCallees(List<Candidate> ranked)
    {
        if (_request.Topology.Callees(_request.Target).Count == 0 || NodeDiagnosis.Rank(_request, _index, _finder) is not { } graph)
        {
            return;
        }

        ranked.AddRange(graph.Nodes.Where(n => n.Score > 0 && n.Caller is not null).Select(n => NodeDiagnosis.Of(n, graph.Symptom, _request)));
        ranked.Sort(Candidate.BestFirst);
    }

    private IEnumerable<string> VerdictsOn(EntityId entity)
    {
        const int Most = 3;
        return _request.Verdicts.Where(v => v.Truth == Truth.True && v.Entity == entity).OrderBy(v => v.RuleId, StringComparer.Ordinal).Take(Most)
            .Select(v => $"Rule {v.RuleId} fires: {v.Evidence.Text}");
    }

    /// <summary>Recurrent co-movement before the incident, as one more sentence for the candidates that show it.</summary>
    private void AddCoMovement(List<Candidate> ranked)
    {
        if (_symptom is not { } symptom)
        {
            return;
        }

        Candidate[] candidates = [.. ranked.Where(c => c.Fact is { } f && f != symptom && f.View.IntervalMs == symptom.View.IntervalMs).Take(LeadLag.MaxCandidates)];
        int end = symptom.From;
        double[] target = symptom.View.Y[..end];
        List<double[]?> others = [.. candidates.Select(c => Aligned(c.Fact!.View, symptom.View, end))];
        LeadLag.Result?[] results = LeadLag.Of(target, others, symptom.View.IntervalMs);
        for (int i = 0; i < candidates.Length; i++)
        {
            if (results[i] is { } r)
            {
                string order = r.LeadMs > 0 ? $", {Phrase.Span(r.LeadMs / 1000.0)} ahead of it" : "";
                candidates[i].Evidence.Add($"It moved along with {symptom.Metric} before, too (whitened r {r.Correlation:0.00}{order}).");
            }
        }
    }

    private static double[]? Aligned(SeriesView view, SeriesView with, int end)
    {
        if (end == 0)
        {
            return null;
        }

        int offset = view.From(with.Times[0]);
        if (offset + end > view.Count || view.Times[offset] != with.Times[0] || view.Times[offset + end - 1] != with.Times[end - 1])
        {
            return null;
        }

        return view.Y[offset..(offset + end)];
    }
}
