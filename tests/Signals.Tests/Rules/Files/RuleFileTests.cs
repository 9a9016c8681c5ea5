using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules.Files;

public sealed class RuleFileTests
{
    private const string Example = """
        version: 1
        routes:
          - match: { severity: page }
            receiver: oncall
            groupBy: [incident]
            groupWait: 0s
            repeat: 1h
          - receiver: log
        receivers:
          oncall: { sns: { topicArn: "arn:aws:sns:eu-west-1:111122223333:oncall" }, fallback: log }
          hook:   { webhook: { url: "https://example.com/hook" } }
          dog:    { watchdog: { url: "https://example.com/dog", every: 30s } }
          log:    { log: {} }
        groups:
          - name: serving
            owner: ml-platform
            rules:
              - id: kv-pressure
                scope: component
                select: { endpoint: "chat-*" }
                raise: avg(kv_cache_usage[2m]) > 95%
                clear: avg(kv_cache_usage[2m]) < 85%
                mOfN: 4 of 6
                keep: 4m
                missing: breach
                severity: page
                state: observe
                summary: "KV cache of {component} at {value}"
                runbook: "https://runbooks.example/kv"
              - id: pressure-hurts-answers
                raise: any gpu (avg(gpu_memory_usage[5m]) > 90%) and quality(integrity) < 0.97
              - id: from-template
                use: kv-pressure
                parameters: { usage: 90% }
                severity: info
        """;

    [Fact]
    public void Parse_Example_GivesEveryPart()
    {
        RuleSet set = RuleFile.Parse(Example, "serving.yaml", out IReadOnlyList<RuleError> errors);

        Assert.Empty(errors);
        Assert.Equal(["endpoint", "severity", "incident"], set.Routes[0].GroupBy);
        Assert.Equal(TimeSpan.Zero, set.Routes[0].GroupWait);
        Assert.Equal(TimeSpan.FromHours(1), set.Routes[0].Repeat);
        Assert.Equal([new LabelGlob("severity", "page")], set.Routes[0].Match);
        Assert.Null(set.Routes[1].GroupWait);
        Assert.Equal(["endpoint", "severity"], set.Routes[1].GroupBy);
        Assert.Equal(new RuleReceiver("oncall", ReceiverKind.Sns, "arn:aws:sns:eu-west-1:111122223333:oncall", "log", TimeSpan.Zero), set.Receivers[0]);
        Assert.Equal(new RuleReceiver("dog", ReceiverKind.Watchdog, "https://example.com/dog", null, TimeSpan.FromSeconds(30)), set.Receivers[2]);

        Rule rule = set.Find("kv-pressure")!;
        Assert.Equal((4, 6, TimeSpan.Zero, TimeSpan.FromMinutes(4)), (rule.RequiredTrue, rule.OfLast, rule.For, rule.Keep));
        Assert.Equal((MissingPolicy.Breach, Severity.Page, RuleState.Observe, "ml-platform"), (rule.Missing, rule.Severity, rule.State, rule.Owner));
        Assert.Equal([new QualityQuestion(QualityQuestionKind.Below, "integrity", 0.97)], set.Questions);
    }

    [Fact]
    public void Parse_Template_TakesParametersAndKeysOfItsOwn()
    {
        Rule rule = RuleFile.Parse(Example, "serving.yaml", out _).Find("from-template")!;

        Assert.Equal("avg(kv_cache_usage[2m]) > 90% or increase(preemptions[2m]) else 0 > 10", rule.Raise.ToString());
        Assert.Equal(Severity.Info, rule.Severity);
        Assert.Equal(TimeSpan.FromMinutes(2), rule.For);
    }

    [Fact]
    public void Parse_Defaults_FollowTheKindOfRule()
    {
        Rule infrastructure = Rule("kv_cache_usage > 95%");
        Rule counts = Rule("increase(errors_5xx[5m]) > 3");
        Rule gpu = Rule("gpu_temperature > 85", scope: "gpu");
        Rule quality = Rule("quality(safety) < 0.8");

        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3), MissingPolicy.Hold), (infrastructure.For, infrastructure.Keep, infrastructure.Missing));
        Assert.Equal((Severity.Warn, RuleState.Enforce, 1000), (infrastructure.Severity, infrastructure.State, infrastructure.Limit));
        Assert.Equal(MissingPolicy.Clear, counts.Missing);
        Assert.Equal(MissingPolicy.Ignore, gpu.Missing);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, MissingPolicy.Hold), (quality.For, quality.Keep, quality.Missing));
    }

    [Fact]
    public void ToPolicy_TenSeconds_FollowsThePlan()
    {
        AlertPolicy policy = Rule("kv_cache_usage > 95%").ToPolicy(TimeSpan.FromSeconds(10));

        Assert.Equal((TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30)), (policy.MaxGap, policy.StaleAfter, policy.ErrorFor));
        Assert.Equal(TimeSpan.FromSeconds(190), Rule("kv_cache_usage > 95%").ToPolicy(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10)).StaleAfter);
    }

    [Fact]
    public void Parse_SeveralErrors_NamesAllWithTheirPlaces()
    {
        const string yaml = """
            version: 2
            routes:
              - receiver: nobody
                groupInterval: 5s
            groups:
              - name: g
                rules:
                  - id: a
                    rise: kv_cache_usage > 95%
                    raise: avg(kv_cache_usage[2m]) >
                      95
                  - id: a
                    raise: >-
                      latency > 1s
                      and mediann(latency[5m]) > 1s
                    scope: gpu
                    missing: noData
                    severity: loud
            """;

        string[] lines = [.. Errors(yaml).Select(e => e.ToString())];

        Assert.Equal(
            [
                "test.yaml:1:10: version 2 is unknown: this program reads version 1",
                "test.yaml:3:15: no receiver is named 'nobody'",
                "test.yaml:4:20: groupInterval must be at least 10s",
                "test.yaml:9:9: unknown key 'rise' in a rule: known are ",
                "test.yaml:11:11: a share of 95? Write 95%",
                "test.yaml:15:15: unknown function 'mediann': known are ",
                "test.yaml:17:18: 'noData' is for the scopes endpoint and component: what is below them comes and goes",
                "test.yaml:18:19: 'severity' must be one of info, warn, page, not 'loud'",
            ],
            lines.Select(l => l.Contains("known are ", StringComparison.Ordinal) ? l[..(l.IndexOf("known are ", StringComparison.Ordinal) + 10)] : l));
    }

    [Theory]
    [InlineData("raise: kv_cache_usage > 95", 1)]
    [InlineData("raise: 'kv_cache_usage > 95'", 2)]
    [InlineData("raise: \"kv_cache_usage > 95\"", 2)]
    public void Parse_ErrorInQuotedCondition_PointsAtTheToken(string line, int firstColumnOffset)
    {
        RuleError error = Assert.Single(Errors($"version: 1\ngroups:\n  - name: g\n    rules:\n      - id: r\n        {line}\n"));

        Assert.Equal((6, 8 + 7 + firstColumnOffset + "kv_cache_usage > ".Length), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("mOfN: 7 of 6", "'mOfN' must be like '4 of 6'")]
    [InlineData("mOfN: many", "'mOfN' must be like '4 of 6'")]
    [InlineData("{ mOfN: 4 of 6, for: 2m }", "a rule has 'for' or 'mOfN', not both")]
    [InlineData("for: soon", "'for' must be a length of time such as 30s, 2m or 4h, not 'soon'")]
    [InlineData("scope: rack", "'scope' must be one of endpoint, component, copy, instance, gpu, entity, judge, source, not 'rack'")]
    [InlineData("use: nothing", "unknown template 'nothing'")]
    [InlineData("parameters: { x: blue }", "parameter 'x': must be one number")]
    [InlineData("limit: 0", "'limit' must be a whole number from 1 to 100000, not '0'")]
    public void Parse_WrongValue_IsAnError(string key, string start)
    {
        string keys = key.StartsWith('{') ? key.Trim('{', '}', ' ') : key;
        IReadOnlyList<RuleError> errors = Errors($"version: 1\ngroups: [{{ name: g, rules: [{{ id: r, raise: kv_cache_usage > 95%, {keys} }}] }}]");

        Assert.StartsWith(start, Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x: { sns: { topicArn: nonsense } }", "topicArn must look like arn:aws:sns:REGION:ACCOUNT:TOPIC")]
    [InlineData("x: { webhook: { url: 'ftp://a' } }", "url must be an absolute http or https address")]
    [InlineData("x: { log: {}, webhook: { url: 'http://a' } }", "receiver 'x' must be exactly one of sns, webhook, log, watchdog")]
    [InlineData("x: { log: {}, fallback: x }", "the fallback of 'x' must be another receiver, and 'x' is none")]
    [InlineData("x: { webhook: { uri: 'http://a', url: 'http://a' } }", "unknown key 'uri' in 'webhook': known are format, url")]
    public void Parse_WrongReceiver_IsAnError(string receiver, string message) =>
        Assert.Equal(message, Assert.Single(Errors($"version: 1\nreceivers:\n  {receiver}\n")).Message);

    [Fact]
    public void Parse_UnknownTemplateParameter_NamesTheKnownOnes() =>
        Assert.Equal(
            "template 'kv-pressure' has no parameter 'speed': it has usage, clear, preemptions",
            Assert.Single(Errors("version: 1\ngroups: [{ name: g, rules: [{ id: r, use: kv-pressure, parameters: { speed: 3 } }] }]")).Message);

    [Fact]
    public void Parse_TemplateParameterOfWrongUnit_PointsAtTheUse()
    {
        RuleError error = Errors("version: 1\ngroups:\n  - name: g\n    rules:\n      - id: r\n        use: kv-pressure\n        parameters: { usage: 3s }\n")[0];

        Assert.Equal((6, "template 'kv-pressure' with these parameters: a share and a time cannot be compared"), (error.Line, error.Message));
    }

    [Theory]
    [InlineData("a: &x [1]\nb: *x", "anchors and aliases are not allowed")]
    [InlineData("a: !!binary abc", "tags are not allowed")]
    [InlineData("a: 1\n---\nb: 2", "a rule file is one document")]
    [InlineData("", "the file is empty")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "nested deeper than 16 levels")]
    public void Parse_YamlThatIsRefused_SaysWhy(string yaml, string reason) =>
        Assert.EndsWith(reason, Assert.Single(Errors(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_BillionLaughs_IsRefusedAtOnce()
    {
        string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1}]\n"));

        Assert.EndsWith("anchors and aliases are not allowed", Assert.Single(Errors(bomb)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLarge_IsRefused() =>
        Assert.Contains("at most 1048576 are read", Assert.Single(Errors(new string('#', 1_048_577))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TooManyRules_IsRefused()
    {
        string rules = string.Concat(Enumerable.Range(0, 1001).Select(i => $"      - {{ id: r{i}, raise: a > 1 }}\n"));

        Assert.Contains(Errors("version: 1\ngroups:\n  - name: g\n    rules:\n" + rules), e => e.Message == "'rules' has more than 1000 items");
    }

    [Fact]
    public void Parse_SpacesAndComments_ChangeNoVersion()
    {
        Rule plain = Rule("avg(kv_cache_usage[2m]) > 95%");
        Rule spaced = Rule("( avg( kv_cache_usage [120s] )   > 95% ) # full");
        Rule other = Rule("avg(kv_cache_usage[2m]) > 94%");
        Rule longer = Rule("avg(kv_cache_usage[2m]) > 95%", "for: 5m");

        Assert.Equal((plain.Version, plain.ConditionVersion), (spaced.Version, spaced.ConditionVersion));
        Assert.NotEqual(plain.ConditionVersion, other.ConditionVersion);
        Assert.NotEqual(plain.Version, longer.Version);
        Assert.Equal(plain.ConditionVersion, longer.ConditionVersion);
    }
}
