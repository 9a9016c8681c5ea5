using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// Watches one endpoint (or one generic node): keeps the windows of everything below it, runs its quality detectors, and
/// judges its rules. What it says are verdicts; what they mean for people is decided elsewhere.
/// </summary>
/// <remarks>
/// Not thread-safe, but for the block, which is read and written under its own lock, and <see cref="Verdicts"/>, which is
/// replaced and never changed. Points come in any order; a row is judged when <see cref="Judge"/> is called for it.
/// </remarks>
public sealed partial class EndpointMonitor
{
    private RuleSet _rules;
    private readonly MonitorOptions _options;
    private readonly VerdictEpoch _epoch;
    private readonly QualityBuckets _buckets;
    private readonly EvaluationScope _scope;
    private readonly Dictionary<(string Rule, RuleTarget Target), BoundEntry> _bound = [];
    private readonly Dictionary<string, RuleAdmission> _admissions = new(StringComparer.Ordinal);
    private BoundEntry[] _order = [];
    private BoundEntry[] _judged = [];
    private Timestamp? _first;
    private bool _isBound;

    public EndpointMonitor(EntityId id, RuleSet rules, MonitorOptions options, VerdictEpoch epoch)
        : this(id, rules, options, epoch, new WindowBlock(options.Windows), new QualityMonitor(rules.Questions, options.Quality))
    {
    }

    private EndpointMonitor(EntityId id, RuleSet rules, MonitorOptions options, VerdictEpoch epoch, WindowBlock block, QualityMonitor quality)
    {
        Id = id;
        _rules = rules;
        _options = options;
        _epoch = epoch;
        Block = block;
        Quality = quality;
        _buckets = new QualityBuckets(options.Windows.Interval);
        Topology = TopologyGrowth.With(TopologyMap.Empty, id);
        _scope = new EvaluationScope(new SeriesIndex(Block), Topology, Quality);
        Bind();
    }

    public EntityId Id { get; }

    /// <summary>The windows of the endpoint and of everything below it.</summary>
    public WindowBlock Block { get; }

    public QualityMonitor Quality { get; }

    /// <summary>This endpoint alone, declared or discovered, with the edges between what is in it.</summary>
    public TopologyMap Topology { get; private set; }

    /// <summary>Rises with every change of <see cref="Topology"/>.</summary>
    public int TopologyVersion { get; private set; } = 1;

    /// <summary>End of the newest bucket that was judged; null: none yet.</summary>
    public Timestamp? AsOf { get; private set; }

    /// <summary>Event time of the earliest point that was taken in; null: none was.</summary>
    public Timestamp? First => _first;

    /// <summary>What every rule said last, in the order of the rules and entities.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; private set; } = [];

    /// <summary>Points that were refused because the block has no room for another series.</summary>
    public long SeriesRefused { get; private set; }

    /// <summary>True while the windows do not yet cover what the rules look at.</summary>
    public bool IsWarming(Timestamp now) => _first is not { } first || now - first < _options.WarmUp;

    /// <summary>
    /// Judges by other rules from now on. Windows, detectors and the held times of every rule whose condition is the same
    /// go on; a condition that is new is decided over the windows that are held, as if it had been there.
    /// </summary>
    /// <returns>What the new conditions say of the row that was judged last; in the order of <see cref="Judge"/>.</returns>
    public IReadOnlyList<Verdict> Use(RuleSet rules)
    {
        Dictionary<string, Rule> now = rules.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (Rule before in _rules.Rules.Where(r => !r.Equals(now.GetValueOrDefault(r.Id))))
        {
            Rule? after = now.GetValueOrDefault(before.Id);
            bool isSame = after is not null && after.ConditionVersion == before.ConditionVersion && before.ConditionVersion.Length > 0;
            if (!isSame || after!.Limit != before.Limit)
            {
                _admissions.Remove(before.Id);
            }

            foreach (((string Rule, RuleTarget Target) key, BoundEntry entry) in _bound.Where(b => b.Key.Rule == before.Id).ToList())
            {
                if (isSame)
                {
                    entry.Tracker.Adopt(after!.ToPolicy(Block.Interval));
                }
                else
                {
                    _bound.Remove(key);
                }
            }
        }

        _rules = rules;
        Quality.Ask(rules.Questions);
        HashSet<BoundEntry> known = [.. _bound.Values];
        Bind();
        return AsOf is not { } row ? [] : DecideAgain([.. _judged.Where(e => !known.Contains(e))], row);
    }

    /// <summary>Takes in what is declared of this endpoint; other endpoints of the map are left out.</summary>
    public void Declare(TopologyMap map)
    {
        TopologyMap own = TopologyScope.Of(map, Id);
        IEnumerable<EntityId> discovered = Topology.Entities.Where(e => !own.Contains(e));
        Topology = discovered.Aggregate(own, TopologyGrowth.With);
        TopologyVersion++;
        Bind();
    }

    /// <summary>The column of a series, made when it is new.</summary>
    /// <returns>-1 when the block has no room: what is there is kept.</returns>
    public int Column(SeriesKey series)
    {
        int column = Block.Find(series);
        if (column >= 0)
        {
            return column;
        }

        bool isNew = !Topology.Contains(series.Entity);
        TopologyMap topology = isNew ? TopologyGrowth.With(Topology, series.Entity) : Topology;

        // Each series comes with names of its own, which are those of dozens of others.
        SeriesKey kept = new(topology.Own(series.Entity), MetricCatalogue.Default.Own(series.Metric), series.Residual);
        if (!Block.TryAdd(kept, MetricCatalogue.Default.Describe(series.Metric), out column))
        {
            SeriesRefused++;
            return -1;
        }

        if (isNew)
        {
            Topology = topology;
            TopologyVersion++;
            _isBound = false;
        }
        else if (series.Residual.Count > 0)
        {
            // A rule that selects labels has one target for each set of labels.
            _isBound = false;
        }

        return column;
    }

    /// <summary>Takes one point in.</summary>
    /// <param name="column">From <see cref="Column"/>.</param>
    /// <param name="time">Event time.</param>
    /// <param name="value">In the canonical unit; NaN says that the series has no value any more.</param>
    /// <param name="now">By the clock that the series lives by.</param>
    public UpsertOutcome Write(int column, Timestamp time, double value, Timestamp now)
    {
        UpsertOutcome outcome = double.IsNaN(value) ? Block.MarkMissing(column, time, now) : Block.Upsert(column, time, value, now);
        if (outcome.IsAccepted())
        {
            // A refused point says nothing of how far back the windows reach.
            _first = _first is { } first ? Timestamp.Min(first, time) : time;
        }

        return outcome;
    }

    /// <summary>Takes one score in: for the detectors, and as a series of means for looking.</summary>
    public void Score(QualityScore score)
    {
        Quality.Take(score);
        if (_buckets.Add(score) is { } point && Column(point.Series) is >= 0 and int column)
        {
            Write(column, point.Time, point.Value, score.Time);
        }
    }

    /// <summary>Judges every rule at one row.</summary>
    /// <param name="row">End of the newest whole bucket; not before the row judged last.</param>
    /// <returns>
    /// The verdicts that have to be told: changed, a hold reached, or 30 s old. In the order in which they are folded, by
    /// rule id and entity, so that nobody has to sort them again.
    /// </returns>
    public IReadOnlyList<Verdict> Judge(Timestamp row)
    {
        Invariant.Require(AsOf is null || row >= AsOf);
        AsOf = row;
        if (!_isBound)
        {
            // Series come by the dozen: what they bring is bound when it is judged for the first time.
            Bind();
        }

        _scope.At(row);
        bool warming = IsWarming(row);
        List<Verdict> told = [];
        foreach (BoundEntry entry in _judged)
        {
            ConditionResult result = entry.Condition.Evaluate(row);
            if (entry.Tracker.Observe(result, row, warming) is { } verdict)
            {
                told.Add(verdict);
                entry.Last = verdict;
            }
        }

        _scope.Index.Forget();
        if (told.Count > 0)
        {
            Verdicts = Said();
        }

        return told;
    }

    private List<Verdict> DecideAgain(IReadOnlyList<BoundEntry> entries, Timestamp row)
    {
        RobustBaseline past = new(Block);
        List<Verdict> verdicts = [];
        foreach (BoundEntry entry in entries)
        {
            BoundRule again = new(entry.Condition.Rule, entry.Condition.Target, Topology, _scope.Index, Quality, past);
            verdicts.Add(entry.Last = RuleRetrial.Run(entry.Tracker, again, Block.Interval, row, IsWarming));
        }

        Verdicts = Said();
        return verdicts;
    }

    /// <summary>Binds every rule to what it selects; what was bound before keeps its history.</summary>
    private void Bind()
    {
        List<BoundEntry> order = [];
        List<(Rule Rule, RuleTarget Target)> targets = [];
        foreach (Rule rule in _rules.Rules)
        {
            AlertPolicy policy = rule.ToPolicy(Block.Interval);
            if (!_admissions.TryGetValue(rule.Id, out RuleAdmission? admission))
            {
                _admissions[rule.Id] = admission = new RuleAdmission(rule.Limit);
            }

            foreach (RuleTarget target in RuleSelection.Select(rule, Topology, Block.Series).Where(admission.Admit))
            {
                if (!_bound.TryGetValue((rule.Id, target), out BoundEntry? entry))
                {
                    _bound[(rule.Id, target)] = entry = new BoundEntry(new VerdictTracker(policy, target, Block.Interval, _epoch));
                }

                targets.Add((rule, target));
                order.Add(entry);
            }
        }

        BoundRule[] bound = _scope.Bind(_rules, targets, Topology);
        for (int i = 0; i < bound.Length; i++)
        {
            order[i].Condition = bound[i];
        }

        _isBound = true;
        _order = [.. order];
        _judged = [.. order.OrderBy(e => e.Condition.Rule.Id, StringComparer.Ordinal).ThenBy(e => e.Condition.Target.Entity)
            .ThenBy(e => e.Condition.Target.Residual.ToString(), StringComparer.Ordinal)];
        Verdicts = Said();
    }

    private ArraySegment<Verdict> Said()
    {
        Verdict[] said = new Verdict[_order.Length];
        int count = 0;
        foreach (BoundEntry entry in _order)
        {
            if (entry.Last is { } last)
            {
                said[count++] = last;
            }
        }

        return new ArraySegment<Verdict>(said, 0, count);
    }

    private sealed class BoundEntry(VerdictTracker tracker)
    {
        public VerdictTracker Tracker { get; } = tracker;

        public BoundRule Condition { get; set; } = null!;

        public Verdict? Last { get; set; }
    }
}
