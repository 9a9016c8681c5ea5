using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// What a changed set of rules means for alerts that no verdict will speak of again. Asked of state and rules alone, so that a
/// process that died in between asks it again.
/// </summary>
public static class RuleSweep
{
    /// <param name="state">The alerts.</param>
    /// <param name="rules">As they are now.</param>
    /// <param name="topology">Of the endpoint; an entity that it does not hold is unknown, not unselected.</param>
    /// <returns>Rules that are gone, and entities that a changed rule no longer selects; in order of rules and entities.</returns>
    public static IReadOnlyList<EndpointInput> Inputs(EndpointAlertsState state, RuleSet rules, TopologyMap topology)
    {
        Dictionary<string, Rule> byId = rules.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        List<EndpointInput> inputs = [];
        foreach (IGrouping<string, AlertInstance> alerts in state.Instances.Values
            .Where(a => a.TombstoneUntil is null).GroupBy(a => a.RuleId).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (!byId.TryGetValue(alerts.Key, out Rule? rule))
            {
                inputs.Add(new EndpointInput.RuleRemoved(alerts.Key));
                continue;
            }

            inputs.AddRange(alerts
                .Where(a => !string.Equals(a.RuleVersion, rule.Version, StringComparison.Ordinal) && topology.Contains(a.Entity))
                .Select(a => a.Entity).Distinct().Where(e => !RuleSelection.Selects(rule, e, topology)).Order()
                .Select(e => new EndpointInput.Unselected(rule.Id, e)));
        }

        return inputs;
    }
}
