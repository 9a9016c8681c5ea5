using System.Runtime.CompilerServices;
using System.Text;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Evaluation;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Rules;

/// <summary>Endpoints that share the nodes of their rules say what each would say alone, by its own names.</summary>
public sealed class SharedProgramTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Beginning = Timestamp.Parse("2026-03-02T09:00:00Z");

    private static readonly (string Metric, double Level, double Noise)[] OfComponent =
    [
        ("requests", 400, 300), ("requests_running", 6, 6), ("queue_depth", 6, 6), ("kv_cache_usage", 0.9, 0.1), ("preemptions", 4, 4),
        ("errors_5xx", 6, 6), ("latency.p99", 6, 3), ("ttft", 1, 0.5), ("generation_tokens_per_second", 5, 5),
    ];

    private static readonly (string Metric, double Level, double Noise)[] OfGpu =
        [("gpu_utilization", 0.6, 0.4), ("gpu_memory_usage", 0.9, 0.1), ("ecc_uncorrectable", 0.1, 0.1), ("xid_errors", 40, 40)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bind_EndpointsOfOneShape_ShareAProgramAndSayWhatEachRuleSaysAlone(int seed)
    {
        Random random = new(seed);
        RuleSet rules = RuleSet.Default with { Hash = $"{seed}" };
        Subject[] subjects = [.. ((string[])["amber", "violet", "basalt"]).Select((name, i) => new Subject(name, rules, gpus: 3, new Random(seed + i)))];
        Assert.All(subjects, s => Assert.Same(subjects[0].Program, s.Program));
        Assert.Equal(1, RulePrograms.Of(rules).Count);
        HashSet<Truth> truths = [];
        for (Timestamp row = Beginning; row < Beginning + TimeSpan.FromMinutes(40); row += Interval)
        {
            foreach (Subject subject in subjects.OrderBy(_ => random.Next()))
            {
                subject.Live(row);
                truths.UnionWith(subject.CheckAgainstRulesBoundAlone(row + Interval));
            }
        }

        GC.KeepAlive(subjects);
        Assert.Superset(new HashSet<Truth> { Truth.True, Truth.False, Truth.Missing, Truth.Hold }, truths);
    }

    [Fact]
    public void Bind_EndpointsWhoseEntitiesHangTogetherOtherwise_HaveProgramsOfTheirOwn()
    {
        RuleSet rules = RuleSet.Default with { Hash = "other shapes" };
        Subject[] subjects = [.. ((int[])[3, 4, 3]).Select(gpus => new Subject($"with-{gpus}", rules, gpus, new Random(1)))];
        Assert.Equal(2, RulePrograms.Of(rules).Count);
        GC.KeepAlive(subjects);
    }

    [Theory]
    [InlineData("[0,1]", "[2]", 1)]
    [InlineData("[0]", "[1,2]", 2)]
    public void Bind_AsManyEntitiesPlacedAsBeforeOrOtherwise_IsTheSameProgramOrAnother(string firstGpus, string secondGpus, int programs)
    {
        RuleSet rules = RuleSet.Default with { Hash = "places" };
        List<EvaluationScope> scopes = [];
        foreach ((string name, string first, string second) in ((string, string, string)[])[("one", "[0,1]", "[2]"), ("two", firstGpus, secondGpus)])
        {
            TopologyMap map = TopologyReader.Read(Encoding.UTF8.GetBytes($$"""
                {"endpoints":[{"name":"{{name}}","instances":[{"id":"i-{{name}}","gpus":3}],"components":[{"name":"assist","copies":[
                {"id":"a","instance":"i-{{name}}","gpus":{{first}}},{"id":"b","instance":"i-{{name}}","gpus":{{second}}}]}]}]}
                """));
            EvaluationScope scope = new(new SeriesIndex(new WindowBlock()), map);
            scopes.Add(scope);
            scope.Bind(rules, [.. rules.Rules.SelectMany(r => RuleSelection.Select(r, map).Select(t => (r, t)))], map);
        }

        Assert.Equal(programs, RulePrograms.Of(rules).Count);
        GC.KeepAlive(scopes);
    }

    [Fact]
    public void Bind_TheSameShapeByOtherRules_IsAnotherProgram()
    {
        RuleSet rules = RuleSet.Default with { Hash = "before" };
        RuleSet others = RuleSet.Default with { Hash = "after" };
        Subject[] subjects = [new Subject("one", rules, gpus: 3, new Random(1)), new Subject("two", others, gpus: 3, new Random(1))];
        Assert.Equal((1, 1), (RulePrograms.Of(rules).Count, RulePrograms.Of(others).Count));
        GC.KeepAlive(subjects);
    }

    [Fact]
    public void Bind_ShapesThatNobodyHasAnyMore_AreLetGo()
    {
        RuleSet rules = RuleSet.Default with { Hash = "passing" };
        GrowAndGo(rules);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(0, RulePrograms.Of(rules).Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void GrowAndGo(RuleSet rules)
    {
        Subject[] subjects = [.. Enumerable.Range(1, 5).Select(gpus => new Subject("grows", rules, gpus, new Random(1)))];
        Assert.Equal(5, RulePrograms.Of(rules).Count);
        GC.KeepAlive(subjects);
    }

    private sealed class Subject
    {
        private readonly WindowBlock _block = new();
        private readonly RobustBaseline _baseline;
        private readonly TopologyMap _map;
        private readonly SeriesIndex _index;
        private readonly EvaluationScope _scope;
        private readonly (Rule Rule, RuleTarget Target)[] _targets;
        private readonly BoundRule[] _bound;
        private readonly Queue<(SeriesKey Key, double Level, double Noise)> _unseen;
        private readonly List<(SeriesKey Key, double Level, double Noise)> _seen = [];
        private readonly Random _random;

        public Subject(string name, RuleSet rules, int gpus, Random random)
        {
            _random = random;
            EntityId[] components = [.. ((string[])["left", "right"]).Select(c => EntityId.ForComponent(name, $"{name}-{c}"))];
            EntityId[] places = [.. Enumerable.Range(0, gpus).Select(g => EntityId.ForGpu(name, $"i-{name}", $"{g}"))];
            _map = components.Concat(places).Aggregate(TopologyGrowth.With(TopologyMap.Empty, EntityId.ForEndpoint(name)), TopologyGrowth.With);
            (SeriesKey, double, double)[] all =
            [
                .. components.SelectMany(c => OfComponent.Select(m => (Key(c, m.Metric), m.Level, m.Noise))),
                .. places.SelectMany(g => OfGpu.Select(m => (Key(g, m.Metric), m.Level, m.Noise))),
            ];
            random.Shuffle(all);
            _unseen = new Queue<(SeriesKey, double, double)>(all);
            _baseline = new RobustBaseline(_block);
            _index = new SeriesIndex(_block);
            _scope = new EvaluationScope(_index, _map, null, _baseline);
            _targets = [.. rules.Rules.SelectMany(r => RuleSelection.Select(r, _map).Select(t => (r, t)))];
            _bound = _scope.Bind(rules, _targets, _map);
        }

        public object? Program => _scope.Program;

        public void Live(Timestamp row)
        {
            if (_unseen.Count > 0 && _random.Next(2) == 0)
            {
                _seen.Add(_unseen.Dequeue());
            }

            foreach ((int i, (SeriesKey key, double level, double noise)) in _seen.Index())
            {
                // Some are silent for a while, so that data end and come back.
                if (_random.Next(40) != 0 && ((row.UnixMs / 300_000) + i) % 7 != 0)
                {
                    Assert.True(_block.TryAdd(key, MetricCatalogue.Default.Describe(key.Metric), out int column));
                    _block.Upsert(column, row, Math.Max(0, level + (noise * ((2 * _random.NextDouble()) - 1))), row);
                }
            }
        }

        public IEnumerable<Truth> CheckAgainstRulesBoundAlone(Timestamp now)
        {
            _scope.At(now);
            foreach ((int i, (Rule rule, RuleTarget target)) in _targets.Index())
            {
                ConditionResult together = _bound[i].Evaluate(now);
                string text = together.Explain().Text;
                ConditionResult alone = new BoundRule(rule, target, _map, new SeriesIndex(_block), null, _baseline).Evaluate(now);
                Assert.Equal((rule.Id, target, alone.Truth, alone.Explain().Text), (rule.Id, target, together.Truth, text));
                yield return together.Truth;
            }

            // As the monitor does once a row is judged.
            _index.Forget();
        }

        private static SeriesKey Key(EntityId entity, string metric) =>
            new(entity, MetricCatalogue.Default.Resolve(metric).Metric, LabelSet.Empty);
    }
}
