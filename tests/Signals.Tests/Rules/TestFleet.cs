using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Rules;

/// <summary>A small fleet and short ways to ask one rule about it.</summary>
internal static class TestFleet
{
    public static readonly EntityId Endpoint = EntityId.ForEndpoint("chat");
    public static readonly EntityId Assist = EntityId.ForComponent("chat", "assist");
    public static readonly EntityId Search = EntityId.ForComponent("chat", "search");
    public static readonly EntityId Instance = EntityId.ForInstance("chat", "i-0abc");

    public static TopologyMap Map { get; } = TopologyReader.Read("""
        {"endpoints":[
          {"name":"chat","variant":"blue","instanceType":"ml.g6.12xlarge","instances":[{"id":"i-0abc","gpus":4}],
           "components":[
             {"name":"assist","copies":[{"id":"a","instance":"i-0abc","gpus":[0,1]},{"id":"b","instance":"i-0abc","gpus":[2]}]},
             {"name":"search","copies":[{"id":"a","instance":"i-0abc","gpus":[3]}]}]},
          {"name":"solo","instances":[{"id":"i-0solo","gpus":1}],"components":[{"name":"only"}]},
          {"name":"_judge","components":[{"name":"j1"}]},
          {"name":"_source","components":[{"name":"cloudwatch"}]}],
         "entities":["db"]}
        """u8.ToArray());

    public static EntityId Gpu(int index) => EntityId.ForGpu("chat", "i-0abc", $"{index}");

    public static Timestamp At(int second) => TestWindows.Start + TimeSpan.FromSeconds(second);

    public static Rule Rule(string raise, string more = "", string scope = "component")
    {
        string yaml = $"version: 1\ngroups:\n  - name: g\n    rules:\n      - id: r\n        scope: {scope}\n        raise: {raise}\n{(more.Length == 0 ? "" : "        " + more + "\n")}";
        RuleSet set = RuleFile.Parse(yaml, "test.yaml", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        return Assert.Single(set.Rules);
    }

    public static IReadOnlyList<RuleError> Errors(string yaml)
    {
        RuleFile.Parse(yaml, "test.yaml", out IReadOnlyList<RuleError> errors);
        return errors;
    }

    public static string Error(string raise, string scope = "component") =>
        Assert.Single(Errors($"version: 1\ngroups:\n  - name: g\n    rules:\n      - {{ id: r, scope: {scope}, raise: '{raise}' }}\n")).Message;

    public static Truth Decide(string raise, TestWindows windows, int second, EntityId? entity = null, string more = "", IQualityReader? quality = null) =>
        Result(raise, windows, second, entity, more, quality).Truth;

    public static ConditionResult Result(string raise, TestWindows windows, int second, EntityId? entity = null, string more = "", IQualityReader? quality = null)
    {
        EntityId target = entity ?? Assist;
        string scope = target.Kind == EntityKind.Node ? "entity" : target.Kind.ToString().ToLowerInvariant();
        return new BoundRule(Rule(raise, more, scope), target, Map, windows, quality).Evaluate(At(second));
    }
}
