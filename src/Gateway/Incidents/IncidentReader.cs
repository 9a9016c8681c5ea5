using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Gateway.Incidents;

/// <summary>Reads incidents from the grains that hold them.</summary>
public sealed class IncidentReader(FleetReader fleet, IGrainFactory grains)
{
    /// <summary>Every incident of some endpoints.</summary>
    public async Task<IReadOnlyList<IncidentView>> ListAsync(IEnumerable<FleetLine> lines, CancellationToken cancellationToken)
    {
        IncidentView[][] all = await Task.WhenAll(lines.Select(
            line => grains.GetGrain<ICorrelationGrain>(line.Key).GetIncidents(cancellationToken)));
        return [.. all.SelectMany(i => i)];
    }

    /// <summary>One incident by its id.</summary>
    /// <exception cref="ProblemException">404: there is none.</exception>
    public async Task<IncidentView> GetAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(await fleet.ListAsync(cancellationToken), cancellationToken)).FirstOrDefault(i => i.Id == id)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "incident", $"there is no incident '{id}'");
}
