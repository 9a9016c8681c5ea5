using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Gathers what is open into groups, one receiver each, and shows each group as its receiver sees it.</summary>
internal sealed class Grouping
{
    private readonly SortedDictionary<string, GroupView> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    private Grouping()
    {
    }

    public GroupView ViewOf(AlertGroup group) => _views.GetValueOrDefault(group.Key, GroupView.Empty);

    /// <summary>The group's route; a route that no longer exists leaves the defaults.</summary>
    public Route RouteOf(AlertGroup group) =>
        _routes.GetValueOrDefault(group.Route) ?? new Route { Name = group.Route, Receiver = group.Receiver };

    public static Grouping Assign(EndpointRun run, ImmutableArray<Notifiable> open)
    {
        Grouping grouping = new();
        Dictionary<string, List<Notifiable>> members = new(StringComparer.Ordinal);
        foreach (Route route in run.Context.Routes)
        {
            grouping._routes.TryAdd(route.Name, route);
        }

        foreach (Notifiable one in open.Where(o => !Notifiables.IsAwaitingDiagnosis(run, o)))
        {
            foreach (Route route in RoutesOf(run, one))
            {
                if (EnsureGroup(run, route, one) is { } key)
                {
                    members.TryAdd(key, []);
                    members[key].Add(WithTimes(run, route, one));
                }
            }
        }

        ImmutableHashSet<string> openEpisodes = [.. open.Select(o => o.Episode)];
        foreach (AlertGroup known in run.State.Groups.Values)
        {
            AlertGroup group = known.Lost.All(openEpisodes.Contains) ? known : known with { Lost = [.. known.Lost.Where(openEpisodes.Contains)] };
            if (!ReferenceEquals(group, known))
            {
                run.Put(group);
            }

            grouping._views[group.Key] = View(run, group, members.GetValueOrDefault(group.Key) ?? [], openEpisodes);
        }

        return grouping;
    }

    /// <summary>Forgets groups without members, without anything told and without anything to wait for.</summary>
    public static void Prune(EndpointRun run, Grouping grouping)
    {
        foreach (AlertGroup group in run.State.Groups.Values)
        {
            GroupView view = grouping.ViewOf(group);
            bool isIdle = group.IsEmpty && view.Firing.IsEmpty && view.Suppressed.IsEmpty && run.Now >= group.FlushAt;
            if (isIdle && !run.State.Rows.Values.Any(r => string.Equals(r.GroupKey, group.Key, StringComparison.Ordinal)))
            {
                run.State = run.State with { Groups = run.State.Groups.Remove(group.Key) };
                run.MustWrite = true;
            }
        }
    }

    private static IEnumerable<Route> RoutesOf(EndpointRun run, Notifiable one)
    {
        bool isRouted = false;
        foreach (Route route in run.Context.Routes)
        {
            if (one.Labels.Match(route.Matchers))
            {
                isRouted = true;
                yield return route;
                if (!route.IsContinued)
                {
                    yield break;
                }
            }
        }

        if (!isRouted)
        {
            run.Decide(one.Episode, AlertStage.Notify, "Unrouted");
        }
    }

    private static string? EnsureGroup(EndpointRun run, Route route, Notifiable one)
    {
        // Endpoint and severity are always among the values, whatever a route says, so that one write always suffices.
        ImmutableArray<string> names = [.. route.GroupBy.Append(AlertLabels.Endpoint).Append(AlertLabels.Severity).Distinct(StringComparer.Ordinal)];
        string key = AlertIdentity.Group(route.Name, one.Family, names.SelectMany(n => new[] { n, one.Labels[n] ?? "" }));
        if (run.State.Groups.ContainsKey(key))
        {
            return key;
        }

        if (run.State.Groups.Count >= run.Context.Limits.GroupsMax)
        {
            run.Refuse(key, AlertCounter.GroupLimit);
            return null;
        }

        AlertGroup group = new()
        {
            Key = key,
            Route = route.Name,
            Receiver = route.Receiver,
            Family = one.Family,
            Severity = one.Severity,
            AlarmName = AlarmNames.Of(one, names.Contains(AlertLabels.Incident), key),
            Origin = one.Episode,
            FlushAt = one.Severity == Severity.Page ? run.Now : run.Now + route.GroupWait,
        };
        if (StateSize.WouldOverflow(run.State, StateSize.Of(group), run.Context.Limits))
        {
            run.Refuse(key, AlertCounter.HeadLimit);
            return null;
        }

        run.Put(group);
        return key;
    }

    private static Notifiable WithTimes(EndpointRun run, Route route, Notifiable one)
    {
        ImmutableArray<Suppression> reasons = one.Suppressions;
        if (!route.ActiveTimes.IsEmpty && !route.ActiveTimes.Any(t => t.Contains(run.Now)))
        {
            reasons = reasons.Add(new Suppression(SuppressionKind.OutsideActiveTime, string.Join(',', route.ActiveTimes.Select(t => t.Name))));
        }

        reasons = reasons.AddRange(route.MuteTimes.Where(t => t.Contains(run.Now)).Select(t => new Suppression(SuppressionKind.Muted, t.Name)));
        return reasons.Length == one.Suppressions.Length ? one : one with { Suppressions = [.. reasons.OrderBy(r => r.Kind)] };
    }

    private static GroupView View(EndpointRun run, AlertGroup group, List<Notifiable> members, ImmutableHashSet<string> open)
    {
        members.Sort((a, b) => string.CompareOrdinal(a.Episode, b.Episode));
        foreach (Notifiable held in members.Where(m => !m.Suppressions.IsEmpty))
        {
            run.Decide(held.Episode, AlertStage.Suppression, nameof(GroupView.Suppressed), string.Join(' ', held.Suppressions));
        }

        HashSet<string> here = [.. members.Select(m => m.Episode)];
        return new GroupView(
            [.. members.Where(m => m.Suppressions.IsEmpty)],
            [.. members.Where(m => !m.Suppressions.IsEmpty)],
            [.. group.Told.Where(e => open.Contains(e) && !here.Contains(e))],
            [.. group.Told.Where(e => !open.Contains(e))]);
    }
}
