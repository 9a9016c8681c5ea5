using System.Diagnostics.CodeAnalysis;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation;

/// <summary>Reads <c>ENTITY[:METRIC]</c>. Ids may hold colons and slashes themselves.</summary>
public static class TargetParser
{
    /// <summary>
    /// Takes the whole text as an entity if there is one of that name; else splits at a colon, tried from right to left,
    /// and takes the first split whose left part is a known entity. The metric may be any alias of the catalogue.
    /// </summary>
    /// <returns>False when no split names a known entity.</returns>
    public static bool TryParse(
        string text, TopologyMap topology, MetricCatalogue catalogue, [NotNullWhen(true)] out EntityId? entity, out MetricName? metric)
    {
        metric = null;
        if (topology.TryResolve(text, out entity))
        {
            return true;
        }

        for (int colon = text.LastIndexOf(':'); colon > 0; colon = text.LastIndexOf(':', colon - 1))
        {
            if (colon < text.Length - 1 && topology.TryResolve(text[..colon], out entity))
            {
                metric = catalogue.Resolve(text[(colon + 1)..]).Metric;
                return true;
            }
        }

        entity = null;
        return false;
    }
}
