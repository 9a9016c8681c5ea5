using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Rules.Testing;

namespace Grainwatch.Signals.Tests.Rules.Testing;

public sealed class RuleTestFileTests
{
    private const string Example = """
        rules: serving.yaml
        interval: 10s
        tests:
          - name: pressure pages once
            series:
              - { entity: chat/assist, metric: kv_cache_usage, values: "60%x30 97%x60 70%x60" }
            answers:
              - { entity: chat/assist, dimension: integrity, from: 5m, every: 5s, score: "1x60 0.6x120 _x2" }
            expect:
              - { at: 4m, rule: kv-pressure, state: Normal }
              - { at: 9m, rule: kv-pressure, state: Firing }
              - { by: 20m, pages: 1 }
              - { by: 20m, incidents: 1 }
        """;

    [Fact]
    public void Parse_Example_GivesEveryPart()
    {
        RuleTestFile file = RuleTestFile.Parse(Example, "t.yaml", out IReadOnlyList<RuleError> errors);

        Assert.Empty(errors);
        Assert.Equal(("serving.yaml", TimeSpan.FromSeconds(10)), (file.Rules, file.Interval));
        RuleTest test = Assert.Single(file.Tests);
        Assert.Equal(150, test.Series[0].Values.Count);
        Assert.Equal(0.97, test.Series[0].Values[30]);
        Assert.Equal((182, (double?)0.6, (double?)null), (test.Answers[0].Scores.Count, test.Answers[0].Scores[60], test.Answers[0].Scores[181]));
        Assert.Equal(new RuleExpectation(TimeSpan.FromMinutes(4), false, "kv-pressure", null, "Normal", null, null, null, 10), test.Expectations[0]);
        Assert.Equal(new RuleExpectation(TimeSpan.FromMinutes(20), true, null, null, null, 1, Severity.Page, null, 12), test.Expectations[2]);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("10+2x5", "10 12 14 16 18")]
    [InlineData("10-2x3", "10 8 6")]
    [InlineData("-1x2", "-1 -1")]
    [InlineData("_x2 !x1 3", "_ _ ! 3")]
    [InlineData("50%x2", "0.5 0.5")]
    [InlineData("250msx1 1sx1", "0.25 1")]
    [InlineData("1e-3x1", "0.001")]
    public void ValueSequence_Valid_Expands(string text, string expected)
    {
        IReadOnlyList<double?> values = ValueSequence.Parse(text, out ConditionError? error);

        Assert.Null(error);
        Assert.Equal(expected, string.Join(' ', values.Select(v => v is null ? "_" : double.IsNaN(v.Value) ? "!" : $"{Math.Round(v.Value, 9)}")));
    }

    [Theory]
    [InlineData("5 6xmany", 2)]
    [InlineData("5x0", 0)]
    [InlineData("five", 0)]
    [InlineData("1 2 3+x4", 4)]
    [InlineData("1x90000", 0)]
    [InlineData("", 0)]
    public void ValueSequence_Invalid_SaysWhere(string text, int offset)
    {
        Assert.Empty(ValueSequence.Parse(text, out ConditionError? error));
        Assert.Equal(offset, error!.Value.Offset);
    }

    [Theory]
    [InlineData("tests: [{ name: a, expect: [{ at: 1m, by: 2m, pages: 1 }] }]", "an expectation has either 'at' or 'by'")]
    [InlineData("tests: [{ name: a, expect: [{ at: 1m, rule: r, state: Burning }] }]", "'state' must be one of Unknown, Normal, Pending, Firing, Recovering, NoData, not 'Burning'")]
    [InlineData("tests: [{ name: a, expect: [{ at: 1m, state: Firing }] }]", "'state' is asked of one 'rule', at one time ('at')")]
    [InlineData("tests: [{ name: a, expect: [{ at: 1m }] }]", "an expectation names a 'state', 'pages', 'notifications' or 'incidents'")]
    [InlineData("tests: [{ name: a }]", "a test needs 'expect'")]
    [InlineData("tests: [{ name: a, extra: 1, expect: [{ at: 1m, pages: 0 }] }]", "unknown key 'extra' in a test: known are answers, expect, name, series")]
    [InlineData("tests: [{ name: a, series: [{ entity: e, metric: m, values: 'x' }], expect: [{ at: 1m, pages: 0 }] }]", "'x': after x comes how often")]
    public void Parse_Invalid_SaysWhy(string yaml, string message)
    {
        RuleTestFile.Parse(yaml, "t.yaml", out IReadOnlyList<RuleError> errors);

        Assert.Equal(message, Assert.Single(errors).Message);
    }

    [Fact]
    public void Run_Differences_AreReportedWithTheirLines()
    {
        RuleTestFile file = RuleTestFile.Parse(Example.Replace("rule: kv-pressure, state: Normal", "rule: gone, state: Normal", StringComparison.Ordinal), "t.yaml", out _);

        IReadOnlyList<RuleError> failures = RuleTestRunner.Run(file, RuleSet.Default, new Host());

        Assert.Equal(
            [
                "t.yaml:10:1: pressure pages once: there is no rule 'gone'",
                "t.yaml:11:1: pressure pages once: kv-pressure at 9m is Pending, expected Firing",
                "t.yaml:12:1: pressure pages once: 2 pages by 20m, expected 1",
            ],
            failures.Select(f => f.ToString()));
    }

    private sealed class Host : IRuleTestHost, IRuleTestRun
    {
        public IRuleTestRun Run(RuleTestFile file, RuleTest test, RuleSet rules) => this;

        public string? StateOf(string ruleId, string? entity, TimeSpan at) => "Pending";

        public int Notifications(string? ruleId, Severity? severity, TimeSpan until) => severity == Severity.Page ? 2 : 0;

        public int Incidents(TimeSpan until) => 1;
    }
}
