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
        string target = kind == "sns" ? "arn:aws:sns:eu-west-1:111122223333:oncall" : "http://127.0.0.1:9/";
        string file = RuleFile.Write(rules with
        {
            Receivers = [new RuleReceiver("oncall", Enum.Parse<ReceiverKind>(kind, ignoreCase: true), target, "log", default), .. rules.Receivers],
            Routes = [route, .. rules.Routes],
        });

        // Written and read, so that it is a file as a team would write it, with a hash of its own.
        RuleSet read = RuleFile.Parse(file, "test.yaml", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        return read;
    }
}
