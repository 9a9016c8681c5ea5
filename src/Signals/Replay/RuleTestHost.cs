using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Testing;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>Plays the synthetic series and answers of a rule test through the same pipeline as a recording.</summary>
/// <param name="topology">What the test file declares; null: what its entities imply.</param>
public sealed class RuleTestHost(TopologyMap? topology) : IRuleTestHost
{
    private const string InstancePrefix = "i-";

    /// <summary>Tests begin here; nothing depends on the date.</summary>
    private static readonly Timestamp Start = Timestamp.Parse("2026-01-01T00:00:00Z");

    public IRuleTestRun Run(RuleTestFile file, RuleTest test, RuleSet rules)
    {
        IEnumerable<string> named = test.Series.Select(s => s.Entity).Concat(test.Answers.Select(a => a.Entity));
        TopologyMap map = named.Aggregate(topology ?? TopologyMap.Empty, (m, text) => TopologyGrowth.With(m, Resolve(m, text)));
        Dictionary<EntityId, EndpointPipeline> pipelines = map.Endpoints.Select(e => e.Id).Concat(map.Nodes)
            .ToDictionary(id => id, id => new EndpointPipeline(id, map, rules));
        RuleTestRun run = new(Start, map, rules);
        TimeSpan length = test.Expectations.Select(e => e.Time).DefaultIfEmpty(TimeSpan.Zero).Max();
        List<QualityScore> scores = [.. test.Answers.SelectMany(a => Scores(map, a)).OrderBy(s => s.Time)];
        int score = 0;
        TimeSpan bucket = MonitorOptions.Default.Windows.Interval;
        for (Timestamp at = Start; at <= Start + length; at += bucket)
        {
            Timestamp end = at + bucket;
            for (; score < scores.Count && scores[score].Time < end; score++)
            {
                pipelines[EndpointRows.OwnerOf(scores[score].Entity)].Monitor.Score(scores[score]);
            }

            foreach (RuleTestSeries series in test.Series)
            {
                Write(pipelines, map, series, file.Interval, at, end);
            }

            foreach (EndpointPipeline pipeline in pipelines.Values)
            {
                run.Add(end, pipeline.Settle(end), pipeline.Alerts);
            }
        }

        return run;
    }

    private static void Write(Dictionary<EntityId, EndpointPipeline> pipelines, TopologyMap map, RuleTestSeries series, TimeSpan interval, Timestamp from, Timestamp end)
    {
        EntityId entity = Resolve(map, series.Entity);
        EndpointMonitor monitor = pipelines[EndpointRows.OwnerOf(entity)].Monitor;
        int column = monitor.Column(new SeriesKey(entity, MetricCatalogue.Default.Resolve(series.Metric).Metric));
        long first = (long)Math.Ceiling((from - Start) / interval);
        for (long i = first; i < series.Values.Count && Start + (interval * i) < end; i++)
        {
            if (series.Values[(int)i] is { } value)
            {
                monitor.Write(column, Start + (interval * i), value, end);
            }
        }
    }

    private static IEnumerable<QualityScore> Scores(TopologyMap map, RuleTestAnswers answers)
    {
        EntityId entity = Resolve(map, answers.Entity);
        return answers.Scores.Select((score, i) => new QualityScore(
            Start + answers.From + (answers.Every * i), entity, answers.Dimension, score, answers.Probability));
    }

    /// <summary>An entity that nobody declared is read by its shape: <c>e</c>, <c>e/component</c>, <c>e/i-instance/gpu</c>, <c>e/component/copy</c>.</summary>
    private static EntityId Resolve(TopologyMap map, string text)
    {
        if (map.TryResolve(text, out EntityId? known))
        {
            return known;
        }

        bool isInstance = text.Split('/') is [_, var middle, ..] && middle.StartsWith(InstancePrefix, StringComparison.Ordinal);
        return text.Split('/') switch
        {
            [var endpoint] => EntityId.ForEndpoint(endpoint),
            [var endpoint, var child] => isInstance ? EntityId.ForInstance(endpoint, child) : EntityId.ForComponent(endpoint, child),
            [var endpoint, var parent, var leaf] => isInstance ? EntityId.ForGpu(endpoint, parent, leaf) : EntityId.ForCopy(endpoint, parent, leaf),
            _ => EntityId.ForNode(text),
        };
    }
}
