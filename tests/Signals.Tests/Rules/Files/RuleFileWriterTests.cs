using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Rules.Files;

/// <summary>A set that is written as a file and read again is the same set.</summary>
public sealed class RuleFileWriterTests
{
    private const string Everything = """
        version: 1
        receivers:
          oncall: { sns: { topicArn: "arn:aws:sns:eu-west-1:111122223333:oncall" }, fallback: log }
          hook: { webhook: { url: "https://example.org/a?b=c", format: grainwatch } }
          alive: { watchdog: { url: "https://example.org/", every: 90s } }
          log: { log: {} }
        routes:
          - { match: { severity: page, component: "a*" }, receiver: oncall, groupBy: [incident], groupWait: 10s, groupInterval: 1m, repeat: 2h, continue: true }
          - receiver: log
        groups:
          - name: "words: and #marks"
            owner: team
            rules:
              - { id: own, use: kv-pressure, parameters: { usage: 90% }, owner: other, summary: "it says \"{component}\"\n\\ ü", runbook: "https://example.org", limit: 7 }
              - { id: counted, scope: [component, endpoint], select: { endpoint: "chat-*", colour: "?" }, raise: "not (avg(queue_depth[30s]) <= 3)", clear: "avg(queue_depth[30s]) < 2", mOfN: 4 of 6, keep: 0s, missing: noData, severity: info, state: observe }
          - name: none
        """;

    [Fact]
    public void Write_Default_ReadsAsTheSameSet() => AssertSame(RuleSet.Default);

    [Fact]
    public void Write_EveryKeyThereIs_ReadsAsTheSameSet() => AssertSame(Read(Everything));

    [Fact]
    public void Add_NewRules_ContinuesTheGroupOfThatName()
    {
        RuleSet rules = RuleAddition.Add(RuleSet.Default, Read(Rule("serving", "mine")), out IReadOnlyList<string> twice);
        Assert.Empty(twice);
        Assert.Equal("mine", rules.Groups.Single(g => g.Name == "serving").Rules[^1].Id);
        Assert.Equal(RuleSet.Default.Rules.Count + 1, rules.Rules.Count);
        Assert.NotEqual(RuleSet.Default.Hash, rules.Hash);
        AssertSame(rules);
    }

    [Fact]
    public void Add_RuleThatIsThere_ChangesNothingAndNamesIt()
    {
        RuleSet rules = RuleAddition.Add(RuleSet.Default, Read(Rule("other", "errors")), out IReadOnlyList<string> twice);
        Assert.Equal(["errors"], twice);
        Assert.Same(RuleSet.Default, rules);
    }

    private static string Rule(string group, string id) =>
        $"version: 1\ngroups:\n  - name: {group}\n    rules:\n      - {{ id: {id}, raise: \"avg(queue_depth[1m]) > 5\" }}\n";

    private static RuleSet Read(string text)
    {
        RuleSet rules = RuleFile.Parse(text, "rules.yaml", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        return rules;
    }

    private static void AssertSame(RuleSet rules)
    {
        RuleSet again = Read(RuleFile.Write(rules));
        Assert.Equal(rules.Rules.Select(r => (r.Id, r.Version)), again.Rules.Select(r => (r.Id, r.Version)));
        Assert.Equal(rules.Hash, again.Hash);
    }
}
