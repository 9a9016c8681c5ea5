namespace Grainwatch.Signals.Rules.Files;

/// <summary>The <c>routes</c> of a file.</summary>
internal static class RouteReader
{
    private const int MaxRoutes = 200;
    private const int MaxMatchers = 20;
    private const int MaxName = 128;
    private static readonly string[] AlwaysThere = ["endpoint", "severity"];

    public static IReadOnlyList<RuleRoute> Read(MapReader file, IReadOnlyList<RuleReceiver> receivers, FileErrors errors)
    {
        List<RuleRoute> routes = [];
        foreach (YamlNode node in file.Items("routes", MaxRoutes))
        {
            if (MapReader.Of(node, "a route", errors) is { } map)
            {
                routes.Add(Route(map, receivers, errors));
            }
        }

        return routes;
    }

    private static RuleRoute Route(MapReader map, IReadOnlyList<RuleReceiver> receivers, FileErrors errors)
    {
        YamlScalar? receiver = map.Scalar("receiver", required: true);
        if (receiver is not null && !receivers.Any(r => string.Equals(r.Name, receiver.Value, StringComparison.Ordinal)))
        {
            errors.Add(receiver, $"no receiver is named '{receiver.Value}'");
        }

        List<string> groupBy = [.. AlwaysThere];
        foreach (YamlNode item in map.Items("groupBy", MaxMatchers))
        {
            if (item is not YamlScalar { Value.Length: > 0 and <= MaxName } name)
            {
                errors.Add(item, "an item of groupBy is the name of a label");
            }
            else if (!groupBy.Contains(name.Value, StringComparer.Ordinal))
            {
                groupBy.Add(name.Value);
            }
        }

        TimeSpan interval = map.Duration("groupInterval") ?? RuleRoute.DefaultGroupInterval;
        if (interval < RuleRoute.LeastGroupInterval)
        {
            errors.Add(map.Take("groupInterval")!, "groupInterval must be at least 10s");
        }

        TimeSpan repeat = map.Duration("repeat") ?? RuleRoute.DefaultRepeat;
        if (repeat < interval)
        {
            errors.Add(map.Take("repeat") ?? map.Node, "repeat must not be shorter than groupInterval");
        }

        RuleRoute route = new(Globs.Read(map, "match", MaxMatchers, errors), receiver?.Value ?? "", groupBy, map.Duration("groupWait"), interval, repeat)
        {
            IsContinued = map.Choice<Answer>("continue") == Answer.True,
        };
        map.Close();
        return route;
    }

    private enum Answer
    {
        False,
        True,
    }
}
