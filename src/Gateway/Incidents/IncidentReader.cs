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

    /// <summary>One incident by its id, and the key of the endpoint whose it is.</summary>
    /// <exception cref="ProblemException">404: there is none.</exception>
    public async Task<(string Key, IncidentView Incident)> FindAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<FleetLine> lines = await fleet.ListAsync(cancellationToken);
        (string Key, IncidentView? Incident)[] all = await Task.WhenAll(lines.Select(async line =>
            (line.Key, (await grains.GetGrain<ICorrelationGrain>(line.Key).GetIncidents(cancellationToken)).FirstOrDefault(i => i.Id == id))));
        (string key, IncidentView? incident) = all.FirstOrDefault(i => i.Incident is not null);
        return incident is null
            ? throw new ProblemException(StatusCodes.Status404NotFound, "incident", $"there is no incident '{id}'")
            : (key, incident);
    }
}
