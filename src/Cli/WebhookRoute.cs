using Grainwatch.Signals.Rules;

namespace Grainwatch.Cli;

/// <summary>Adds a webhook for pages to a rule set, in front of its own routes.</summary>
internal static class WebhookRoute
{
    private const string Name = "webhook";
    private const string Log = "log";

    public static RuleSet Add(RuleSet rules, string url)
    {
        RuleReceiver receiver = new(Name, ReceiverKind.Webhook, url, Log, default);
        RuleRoute route = new(
            [new LabelGlob("severity", "page")], Name, ["endpoint", "severity", "incident"], null, RuleRoute.DefaultGroupInterval, RuleRoute.DefaultRepeat);
        return rules with
        {
            Receivers = [receiver, .. rules.Receivers.Where(r => r.Name != Name)],
            Routes = [route, .. rules.Routes],
        };
    }
}
