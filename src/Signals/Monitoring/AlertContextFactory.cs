using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Files;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Monitoring;

/// <summary>Turns a rule file into what an endpoint's alerts are judged with.</summary>
public static class AlertContextFactory
{
    /// <summary>Who is told when a file names no receiver.</summary>
    public const string LogReceiver = "log";

    // What a rule file says is the same for every endpoint: made once, it is shared by all.
    private static readonly ConditionalWeakTable<RuleSet, StrongBox<(TimeSpan Interval, AlertContext Context)>> Shared = [];

    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="rules">The file.</param>
    /// <param name="topology">Of the endpoint.</param>
    /// <param name="interval">Length of a bucket.</param>
    /// <param name="activation">Names this activation in the claims of the outbox.</param>
    public static AlertContext Create(string endpoint, RuleSet rules, TopologyMap topology, TimeSpan interval, string activation)
    {
        StrongBox<(TimeSpan Interval, AlertContext Context)> known = Shared.GetValue(rules, r => new((interval, Of(r, interval))));
        AlertContext shared = known.Value.Interval == interval ? known.Value.Context : Of(rules, interval);
        return shared with { Endpoint = endpoint, Activation = activation, Topology = topology, Fingerprints = new FingerprintMemo() };
    }

    private static AlertContext Of(RuleSet rules, TimeSpan interval) => new()
    {
        Endpoint = "",
        Activation = "",
        Policies = rules.Rules.ToFrozenDictionary(r => r.Id, r => r.ToPolicy(interval), StringComparer.Ordinal),
        Routes = Routes(rules),
        Receivers = Receivers(rules).ToImmutableDictionary(r => r.Name, StringComparer.Ordinal),
        Topology = TopologyMap.Empty,
    };

    /// <summary>The same with other rules; what belongs to others (silences, topology, activation) stays.</summary>
    public static AlertContext With(AlertContext context, RuleSet rules, TimeSpan interval) => context with
    {
        Policies = rules.Rules.ToFrozenDictionary(r => r.Id, r => r.ToPolicy(interval), StringComparer.Ordinal),
        Routes = Routes(rules),
        Receivers = Receivers(rules).ToImmutableDictionary(r => r.Name, StringComparer.Ordinal),
    };

    private static ImmutableArray<Route> Routes(RuleSet rules)
    {
        List<Route> routes = [];
        foreach (RuleRoute route in rules.Routes)
        {
            Route converted = new()
            {
                Name = NameOf(route, routes),
                Receiver = route.Receiver,
                Matchers = [.. route.Match.Select(ToMatcher)],
                GroupBy = [.. route.GroupBy],
                GroupInterval = route.GroupInterval,
                Repeat = route.Repeat,
                IsContinued = route.IsContinued,
            };
            routes.Add(route.GroupWait is { } wait ? converted with { GroupWait = wait } : converted);
        }

        // Whatever no route of the file takes goes to the log: nothing is decided and then told to nobody.
        routes.Add(new Route { Name = $"last:{LogReceiver}", Receiver = LogReceiver });
        return [.. routes];
    }

    /// <summary>
    /// Named by what it says, not by its place: a group lives on under the name of its route, and a route that is put in front
    /// of another must not have everything told anew.
    /// </summary>
    private static string NameOf(RuleRoute route, List<Route> before)
    {
        string says = string.Join('\n', route.Match.Select(m => $"{m.Name}={m.Pattern}").Concat(route.GroupBy).Append(route.Receiver));
        string name = $"{route.Receiver}:{RuleFileReader.Short(says)[..8]}";
        int twins = before.Count(r => r.Name.StartsWith(name, StringComparison.Ordinal));
        return twins == 0 ? name : $"{name}:{twins}";
    }

    private static IEnumerable<Receiver> Receivers(RuleSet rules)
    {
        foreach (RuleReceiver receiver in rules.Receivers)
        {
            yield return new Receiver(receiver.Name, receiver.Fallback, receiver.Kind == ReceiverKind.Watchdog);
        }

        if (rules.Receivers.All(r => r.Name != LogReceiver))
        {
            yield return new Receiver(LogReceiver);
        }
    }

    private static Matcher ToMatcher(LabelGlob glob)
    {
        if (glob.Pattern.AsSpan().IndexOfAny('*', '?') < 0)
        {
            return new Matcher(glob.Name, MatchOperator.Equal, glob.Pattern);
        }

        StringBuilder pattern = new();
        foreach (char c in glob.Pattern)
        {
            pattern.Append(c switch
            {
                '*' => ".*",
                '?' => ".",
                _ => Regex.Escape(c.ToString()),
            });
        }

        return new Matcher(glob.Name, MatchOperator.Matches, pattern.ToString());
    }
}
