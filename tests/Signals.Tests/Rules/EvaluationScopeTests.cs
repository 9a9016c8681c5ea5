using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules;

/// <summary>Rules that share their terms say what each would say alone.</summary>
public sealed class EvaluationScopeTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly (string Metric, double Level, double Noise)[] OfComponent =
    [
        ("requests", 400, 300), ("requests_running", 6, 6), ("queue_depth", 6, 6), ("kv_cache_usage", 0.9, 0.1), ("preemptions", 4, 4),
        ("errors_5xx", 6, 6), ("latency.p99", 6, 3), ("latency", 2, 1), ("ttft", 1, 0.5), ("generation_tokens_per_second", 5, 5),
    ];

    private static readonly (string Metric, double Level, double Noise)[] OfGpu =
        [("gpu_utilization", 0.6, 0.4), ("gpu_memory_usage", 0.9, 0.1), ("ecc_uncorrectable", 0.1, 0.1), ("xid_errors", 40, 40), ("memory_usage", 0.8, 0.2)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Evaluate_AllShippedRulesWhileSeriesComeAndGo_SaysWhatEachRuleSaysWhenBoundAnew(int seed)
    {
        Random random = new(seed);
        WindowBlock block = new();
        SeriesIndex index = new(block);
        RobustBaseline baseline = new(block);
        EvaluationScope scope = new(index, Map, null, baseline);
        (Rule Rule, RuleTarget Target)[] all = [.. RuleSet.Default.Rules.SelectMany(r => RuleSelection.Select(r, Map).Select(t => (r, t)))];
        BoundRule[] shared = [.. all.Select(p => new BoundRule(p.Rule, p.Target, scope))];
        scope.Settle();
        Queue<SeriesKey> unseen = Shuffled(random);
        List<SeriesKey> seen = [];
        HashSet<Truth> truths = [];
        for (Timestamp row = At(0); row < At(0) + TimeSpan.FromMinutes(45); row += Interval)
        {
            if (unseen.Count > 0 && random.Next(3) == 0)
            {
                seen.Add(unseen.Dequeue());
            }

            Write(block, seen, row, random);
            scope.At(row + Interval);
            for (int i = 0; i < all.Length; i++)
            {
                ConditionResult together = shared[i].Evaluate(row + Interval);
                string text = together.Explain().Text;
                ConditionResult alone = new BoundRule(all[i].Rule, all[i].Target, Map, index, null, baseline).Evaluate(row + Interval);
                Assert.Equal((all[i].Rule.Id, all[i].Target, alone.Truth, alone.Explain().Text), (all[i].Rule.Id, all[i].Target, together.Truth, text));
                truths.Add(together.Truth);
            }
        }

        Assert.Superset(new HashSet<Truth> { Truth.True, Truth.False, Truth.Missing, Truth.Hold }, truths);
    }

    [Fact]
    public void Evaluate_AtAnInstantThatTheScopeWasNotTurnedTo_IsAProgrammersError()
    {
        EvaluationScope scope = new(new SeriesIndex(new WindowBlock()), Map);
        BoundRule rule = new(Rule("last(queue_depth) > 1"), new RuleTarget(Assist), scope);
        scope.At(At(10));
        Assert.ThrowsAny<InvalidOperationException>(() => rule.Evaluate(At(20)));
    }

    [Theory]
    [InlineData("5m", 10)]
    [InlineData("10m", 20)]
    [InlineData("30m", 60)]
    public void Slope_OfARisingSeries_IsDrawnAnewEachThirtiethOfItsWindow(string window, int stepSeconds)
    {
        WindowBlock block = new();
        Assert.True(block.TryAdd(new SeriesKey(Assist, MetricName.Of("queue_depth"), LabelSet.Empty), BucketFold.Mean, out int column));
        SeriesIndex index = new(block);
        BoundRule rule = new(Rule($"slope(queue_depth[{window}]) > 0/s"), new RuleTarget(Assist), Map, index);
        HashSet<int> drawnAt = [];
        double? last = null;
        for (int second = 0; second < 3600; second += 10)
        {
            // Ever steeper: no two lines are the same.
            block.Upsert(column, At(second), second * (double)second, At(second));
            Evidence evidence = rule.Evaluate(At(second + 10)).Explain();
            if (second > 2400 && evidence.Value != last)
            {
                drawnAt.Add((int)(At(second + 10).UnixMs / 1000 % stepSeconds));
            }

            last = evidence.Value;
        }

        Assert.Equal([0], drawnAt);
    }

    private static Queue<SeriesKey> Shuffled(Random random)
    {
        SeriesKey[] keys =
        [
            .. ((EntityId[])[Assist, Search]).SelectMany(c => OfComponent.Select(m => Key(c, m.Metric))),
            .. Enumerable.Range(0, 4).SelectMany(g => OfGpu.Select(m => Key(Gpu(g), m.Metric))),
            Key(Instance, "memory_usage"),
            Key(Endpoint, "requests"),
        ];
        random.Shuffle(keys);
        return new Queue<SeriesKey>(keys);
    }

    private static SeriesKey Key(EntityId entity, string metric) => new(entity, MetricCatalogue.Default.Resolve(metric).Metric, LabelSet.Empty);

    private static void Write(WindowBlock block, List<SeriesKey> series, Timestamp row, Random random)
    {
        foreach ((int i, SeriesKey key) in series.Index())
        {
            // Some are silent for a while, so that data end and come back.
            if (random.Next(40) == 0 || ((row.UnixMs / 300_000) + i) % 7 == 0)
            {
                continue;
            }

            (string _, double level, double noise) = OfComponent.Concat(OfGpu).First(m => MetricCatalogue.Default.Resolve(m.Metric).Metric == key.Metric);
            Assert.True(block.TryAdd(key, MetricCatalogue.Default.Describe(key.Metric), out int column));
            block.Upsert(column, row, Math.Max(0, level + (noise * ((2 * random.NextDouble()) - 1))), row);
        }
    }
}
