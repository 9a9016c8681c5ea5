using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Graph;

/// <summary>
/// Ranks the callees of a target by how much of its excess is their own: what their own anomalous callees do not explain.
/// </summary>
/// <remarks>
/// excess(e) = sum over the incident's buckets of requests x (value - base), limited to the target's;
/// own(e) = max(0, excess(e) - sum of the excess of its anomalous callees);
/// score(e) = min(1, own / excess of the target) x ln(1 + z), a tenth of it when e is not reached over anomalous callers.
/// Traversal of anomalous nodes (as in the PetShop paper, Hardt et al. 2024) finds where a chain ends; the mass tells
/// whether that end is large enough to matter.
/// </remarks>
internal sealed class CallGraphRanker
{
    private const double UnreachedWeight = 0.1;
    private const double LeafFollowsWeight = 0.5;
    private const double StandInShare = 0.3;
    private const double SilentWeight = 0.25;
    private const double OtherFamilyWeight = 0.8;
    private const double OtherFamilyZ = 4;
    private const int MaxNodes = 4096;

    private readonly TopologyMap _topology;
    private readonly SeriesIndex _index;
    private readonly TargetSymptom _target;
    private readonly OnsetFinder _finder;
    private readonly CorrelatorOptions _options;
    private readonly Dictionary<EntityId, GraphNode> _nodes = [];
    private readonly List<GraphNode> _order = [];

    public CallGraphRanker(TopologyMap topology, SeriesIndex index, TargetSymptom target, OnsetFinder finder, CorrelatorOptions options)
    {
        _topology = topology;
        _index = index;
        _target = target;
        _finder = finder;
        _options = options;
    }

    /// <summary>Every entity reached from the target, best cause first.</summary>
    public IReadOnlyList<GraphNode> Rank()
    {
        Walk();
        foreach (GraphNode node in _order)
        {
            Measure(node);
        }

        MarkReached();
        foreach (GraphNode node in _order)
        {
            Attribute(node);
        }

        foreach (GraphNode node in _order)
        {
            Score(node);
        }

        foreach (GraphNode node in _order)
        {
            AddStandIns(node);
        }

        GraphNode[] ranked = [.. _order];
        Array.Sort(ranked, Compare);
        return ranked;
    }

    public bool IsAnomalous(GraphNode node) => node.Z >= _options.CandidateZ;

    private void Walk()
    {
        GraphNode root = new(_target.Symptom.Entity, null);
        _nodes.Add(root.Entity, root);
        _order.Add(root);
        for (int i = 0; i < _order.Count && _order.Count < MaxNodes; i++)
        {
            foreach (EntityId callee in _topology.Callees(_order[i].Entity))
            {
                if (!_nodes.ContainsKey(callee))
                {
                    GraphNode node = new(callee, _order[i]);
                    _nodes.Add(callee, node);
                    _order.Add(node);
                }
            }
        }
    }

    private void Measure(GraphNode node)
    {
        NodeSymptom own = _target.Symptom;
        long onsetMs = _target.TimesUnixMs[0];
        if (node.Caller is not null)
        {
            SeriesView? view = _index.LikeSymptom(node.Entity, own.Metric);
            node.Symptom = view is null ? null : new NodeSymptom(view, _index.RequestsOf(node.Entity), own.Sign, onsetMs, _finder, _options);
        }
        else
        {
            node.Symptom = own;
        }

        if (node.Symptom is not { HasHistory: true } symptom)
        {
            return;
        }

        double weight = 0;
        double deviation = 0;
        double squares = 0;
        for (int b = 0; b < _target.TimesUnixMs.Length; b++)
        {
            int i = symptom.PointAt(_target.TimesUnixMs[b], own.View.IntervalMs);
            if (i < 0)
            {
                continue;
            }

            weight += _target.Excess[b];
            deviation += _target.Excess[b] * symptom.Z(i);
            squares += _target.Excess[b] * _target.Excess[b];
            double callerRequests = CallerRequests(node, _target.TimesUnixMs[b]);
            node.Excess += symptom.ExcessAt(i, callerRequests);
            node.Noise += symptom.NoiseAt(i, callerRequests);
            node.HasPoints = true;
            if (node.Onset is null && symptom.Z(i) >= _options.CandidateZ)
            {
                node.Onset = new Onset(i, own.Sign, symptom.Z(i), symptom.Normal).Interval(symptom.View, _options.SettleSkew);
            }

        }

        node.Z = weight > 0 ? deviation / Math.Sqrt(weight * Math.Sqrt(squares)) : 0;
        node.Excess = Math.Clamp(node.Excess, 0, _target.Total);
    }

    private double CallerRequests(GraphNode node, long timeMs)
    {
        for (GraphNode? caller = node.Caller; caller is not null; caller = caller.Caller)
        {
            SeriesView? requests = _index.RequestsOf(caller.Entity);
            int at = requests?.At(timeMs, requests.IntervalMs) ?? -1;
            if (at >= 0)
            {
                return requests!.Values[at];
            }
        }

        return 1;
    }

    private void MarkReached()
    {
        _order[0].IsReached = true;
        // Breadth first order may meet a node before the anomalous caller that reaches it: repeat until nothing changes.
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (GraphNode node in _order)
            {
                if (node.IsReached)
                {
                    foreach (EntityId callee in _topology.Callees(node.Entity))
                    {
                        if (_nodes.TryGetValue(callee, out GraphNode? reached) && !reached.IsReached && Passes(node, reached))
                        {
                            reached.IsReached = true;
                            changed = true;
                        }
                    }
                }
            }
        }
    }

    private void Attribute(GraphNode node)
    {
        double explained = 0;
        foreach (GraphNode below in AnomalousBelow(node))
        {
            explained += below.Excess;
        }

        node.Own = Math.Max(0, node.Excess - explained);
        node.ResidualZ = IsAnomalous(node) ? Residual.Of(node, _target, [.. Metered(node)]) : null;
    }

    /// <summary>Trouble of a callee shows at its caller, unless the caller has no metrics or is too noisy to show it.</summary>
    private bool Passes(GraphNode caller, GraphNode callee) =>
        caller.Caller is null || IsAnomalous(caller) || caller.IsBlind || caller.Noise * _options.CandidateZ >= callee.Excess;

    /// <summary>The nearest anomalous callees, looking through those that cannot show the trouble of theirs.</summary>
    private List<GraphNode> AnomalousBelow(GraphNode node)
    {
        List<GraphNode> found = [];
        HashSet<GraphNode> seen = [node];
        Queue<GraphNode> queue = new([node]);
        while (queue.TryDequeue(out GraphNode? next))
        {
            foreach (EntityId callee in _topology.Callees(next.Entity))
            {
                if (!_nodes.TryGetValue(callee, out GraphNode? child) || (next != node && !Passes(next, child)) || !seen.Add(child))
                {
                    continue;
                }

                if (IsAnomalous(child))
                {
                    found.Add(child);
                }
                else
                {
                    queue.Enqueue(child);
                }
            }
        }

        return found;
    }

    private IEnumerable<NodeSymptom> Metered(GraphNode node) => _topology.Callees(node.Entity)
        .Select(c => _nodes.GetValueOrDefault(c)?.Symptom)
        .Where(s => s is { HasHistory: true } && s.Entity != node.Entity)!;

    private void Score(GraphNode node)
    {
        double share = Math.Min(1, node.Own / _target.Total);
        double score = IsAnomalous(node) || node.Caller is null ? share * Math.Log(1 + node.Z) / Math.Log(1 + _options.MaxZ) : 0;
        score *= node.IsReached ? 1 : UnreachedWeight;
        node.Score = LeafFollowsCaller(node) ? score * LeafFollowsWeight : score;
    }

    /// <summary>
    /// What a caller does not explain may come from a callee without metrics (the residual stands in for it), or from one
    /// that moved in the other family: slow where the symptom is errors, failing where it is latency. Both follow the caller.
    /// </summary>
    private void AddStandIns(GraphNode caller)
    {
        if (caller.StandIn is not null || caller.Score <= 0 || caller.Own < StandInShare * _target.Total || caller.ResidualZ < _options.AbnormalZ)
        {
            return;
        }

        GraphNode[] callees = [.. _topology.Callees(caller.Entity).Select(c => _nodes.GetValueOrDefault(c)).OfType<GraphNode>()
            .Where(n => n.Score <= 0 && n != caller)];
        int silent = callees.Count(n => n.Symptom is not { HasHistory: true });
        foreach (GraphNode callee in callees)
        {
            if (callee.Symptom is not { HasHistory: true })
            {
                callee.Score = SilentWeight * caller.Score / silent;
                callee.StandIn = $"It has no metrics of its own; the residual of {_topology.Format(caller.Entity)} stands in for it, shared with {silent - 1} other(s).";
            }
            else if (OtherFamily(callee) is { } other)
            {
                callee.Score = OtherFamilyWeight * caller.Score * Math.Min(1, Math.Log(1 + other.Z) / Math.Log(1 + _options.MaxZ));
                string effect = _target.Symptom.Sign > 0 ? "slow" : "fail";
                callee.StandIn = $"Its {other.Metric} moved {other.Z:0.0} spreads in the same buckets, and may make {_topology.Format(caller.Entity)} {effect}.";
            }
        }
    }

    private (MetricName Metric, double Z)? OtherFamily(GraphNode node)
    {
        bool latency = _target.Symptom.Metric.Base == "latency";
        MetricName metric = MetricName.Of(latency ? "availability" : "latency", latency ? null : "average");
        if (_index.LikeSymptom(node.Entity, metric) is not { } view)
        {
            return null;
        }

        NodeSymptom other = new(view, _index.RequestsOf(node.Entity), latency ? -1 : 1, _target.TimesUnixMs[0], _finder, _options);
        double weight = 0;
        double deviation = 0;
        for (int b = 0; b < _target.TimesUnixMs.Length && other.HasHistory; b++)
        {
            int i = other.PointAt(_target.TimesUnixMs[b], _target.Symptom.View.IntervalMs);
            if (i >= 0)
            {
                weight += _target.Excess[b];
                deviation += _target.Excess[b] * other.Z(i);
            }
        }

        return weight > 0 && deviation / weight >= OtherFamilyZ ? (view.Metric, deviation / weight) : null;
    }

    /// <summary>A leaf that moved along with a caller whose own residual moved is more likely its victim than its cause.</summary>
    private bool LeafFollowsCaller(GraphNode node)
    {
        if (_topology.Callees(node.Entity).Count > 0)
        {
            return false;
        }

        foreach (EntityId caller in _topology.Callers(node.Entity))
        {
            if (_nodes.TryGetValue(caller, out GraphNode? above) && above.Caller is not null
                && above.ResidualZ >= _options.AbnormalZ && above.Own >= node.Own)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ties: the earlier onset, then the deeper, then the name.</summary>
    private static int Compare(GraphNode left, GraphNode right)
    {
        int order = Math.Round(right.Score, 9).CompareTo(Math.Round(left.Score, 9));
        if (order == 0 && left.Onset is { } l && right.Onset is { } r)
        {
            order = l.Precedes(r) ? -1 : r.Precedes(l) ? 1 : 0;
        }

        order = order != 0 ? order : right.Depth.CompareTo(left.Depth);
        return order != 0 ? order : left.Entity.CompareTo(right.Entity);
    }
}
