using System.Globalization;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Rules.Files;

namespace Grainwatch.Signals.Rules.Testing;

/// <summary>From the tree of a test file to a <see cref="RuleTestFile"/>.</summary>
internal sealed class RuleTestFileReader(string fileName, FileErrors errors)
{
    private const int MaxTests = 1000;
    private const int MaxItems = 1000;
    private const int MaxName = 256;
    private const int MaxCount = 1_000_000;
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);
    private static readonly string[] States = ["Unknown", "Normal", "Pending", "Firing", "Recovering", "NoData"];

    public RuleTestFile? Read(YamlNode root)
    {
        if (MapReader.Of(root, "the test file", errors) is not { } map)
        {
            return null;
        }

        string? rules = map.Text("rules", MaxName);
        string? topology = map.Text("topology", MaxName);
        TimeSpan interval = map.Duration("interval") ?? RuleTestFile.DefaultInterval;
        if (interval < LeastInterval)
        {
            errors.Add(map.Take("interval")!, "interval must be at least 1s");
        }

        List<RuleTest> tests = [.. map.Items("tests", MaxTests).Select(Test).OfType<RuleTest>()];
        if (map.Required("tests") is not null && tests.Count == 0)
        {
            errors.Add(root, "there is no test in the file");
        }

        map.Close();
        return new RuleTestFile(fileName, rules, topology, interval, tests);
    }

    private RuleTest? Test(YamlNode node)
    {
        if (MapReader.Of(node, "a test", errors) is not { } map)
        {
            return null;
        }

        RuleTest test = new(
            map.Text("name", MaxName, required: true) ?? "",
            [.. map.Items("series", MaxItems).Select(Series).OfType<RuleTestSeries>()],
            [.. map.Items("answers", MaxItems).Select(Answers).OfType<RuleTestAnswers>()],
            [.. map.Items("expect", MaxItems).Select(Expectation).OfType<RuleExpectation>()],
            node.Line);
        if (map.Required("expect") is { } expect && test.Expectations.Count == 0)
        {
            errors.Add(expect, "a test expects something");
        }

        map.Close();
        return test;
    }

    private RuleTestSeries? Series(YamlNode node)
    {
        if (MapReader.Of(node, "a series", errors) is not { } map)
        {
            return null;
        }

        RuleTestSeries series = new(
            map.Text("entity", MaxName, required: true) ?? "", map.Text("metric", MaxName, required: true) ?? "", Values(map, "values"), node.Line);
        map.Close();
        return series;
    }

    private RuleTestAnswers? Answers(YamlNode node)
    {
        if (MapReader.Of(node, "an item of answers", errors) is not { } map)
        {
            return null;
        }

        YamlScalar? dimension = map.Scalar("dimension", required: true);
        if (dimension is not null && !QualityDimensions.All.Contains(dimension.Value, StringComparer.Ordinal))
        {
            errors.Add(dimension, $"unknown quality dimension '{dimension.Value}'");
        }

        IReadOnlyList<double?> scores = Values(map, "score");
        if (scores.Any(s => s is not (null or (>= 0 and <= 1))))
        {
            errors.Add(map.Take("score")!, "a score lies between 0 and 1; _ is unknown");
        }

        TimeSpan every = map.Duration("every") ?? TimeSpan.FromSeconds(5);
        if (every <= TimeSpan.Zero)
        {
            errors.Add(map.Take("every")!, "every must be more than 0s");
        }

        double probability = 1;
        if (map.Scalar("probability") is { } drawn
            && !(double.TryParse(drawn.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out probability) && probability is > 0 and <= 1))
        {
            errors.Add(drawn, "probability must be more than 0 and at most 1");
        }

        RuleTestAnswers answers = new(
            map.Text("entity", MaxName, required: true) ?? "", dimension?.Value ?? "", map.Duration("from") ?? TimeSpan.Zero, every, scores, probability, node.Line);
        map.Close();
        return answers;
    }

    private RuleExpectation? Expectation(YamlNode node)
    {
        if (MapReader.Of(node, "an expectation", errors) is not { } map)
        {
            return null;
        }

        TimeSpan? at = map.Duration("at");
        TimeSpan? by = map.Duration("by");
        if (at.HasValue == by.HasValue && !(map.Has("at") ^ map.Has("by")))
        {
            errors.Add(node, "an expectation has either 'at' or 'by'");
        }

        string? rule = map.Text("rule", MaxName);
        YamlScalar? state = map.Scalar("state");
        if (state is not null && (Array.IndexOf(States, state.Value) < 0 || rule is null || by is not null))
        {
            errors.Add(state, Array.IndexOf(States, state.Value) < 0
                ? $"'state' must be one of {string.Join(", ", States)}, not '{state.Value}'"
                : "'state' is asked of one 'rule', at one time ('at')");
        }

        int? pages = map.Integer("pages", 0, MaxCount);
        int? notifications = map.Integer("notifications", 0, MaxCount);
        int? incidents = map.Integer("incidents", 0, MaxCount);
        if (pages.HasValue && notifications.HasValue)
        {
            errors.Add(node, "an expectation counts 'pages' or 'notifications', not both");
        }

        if (state is null && pages is null && notifications is null && incidents is null && !map.Has("pages") && !map.Has("notifications") && !map.Has("incidents"))
        {
            errors.Add(node, "an expectation names a 'state', 'pages', 'notifications' or 'incidents'");
        }

        RuleExpectation expectation = new(
            at ?? by ?? TimeSpan.Zero, by.HasValue, rule, map.Text("entity", MaxName), state?.Value, pages ?? notifications, pages.HasValue ? Severity.Page : null, incidents, node.Line);
        map.Close();
        return expectation;
    }

    private IReadOnlyList<double?> Values(MapReader map, string key)
    {
        if (map.Scalar(key, required: true) is not { } scalar)
        {
            return [];
        }

        IReadOnlyList<double?> values = ValueSequence.Parse(scalar.Value, out ConditionError? error);
        if (error is { } found)
        {
            errors.Add(scalar, found.Offset, found.Message);
        }

        return values;
    }
}
