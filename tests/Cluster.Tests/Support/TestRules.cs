using Grainwatch.Signals.Rules;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>The default rules, with pages routed to the publisher of the test.</summary>
internal static class TestRules
{
    public static RuleSet WithReceiver(string kind)
    {
        RuleSet rules = RuleSet.Default;
        RuleRoute route = new(
            [new LabelGlob("severity", "page")], "oncall", ["endpoint", "severity", "incident"], null, RuleRoute.DefaultGroupInterval, RuleRoute.DefaultRepeat);
        return rules with
        {
            Receivers = [new RuleReceiver("oncall", Enum.Parse<ReceiverKind>(kind, ignoreCase: true), "test", "log", default), .. rules.Receivers],
            Routes = [route, .. rules.Routes],
        };
    }
}
