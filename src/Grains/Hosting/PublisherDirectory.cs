using Grainwatch.Grains.Telemetry;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Grains.Hosting;

/// <summary>Finds the publisher for a kind of receiver; of several, the one that was registered first.</summary>
public sealed class PublisherDirectory(IEnumerable<IAlertPublisher> publishers, GrainInstruments instruments)
{
    private readonly Dictionary<string, IAlertPublisher> _byKind = publishers.DistinctBy(p => p.Kind).ToDictionary(
        p => p.Kind, IAlertPublisher (p) => new MeteredPublisher(p, instruments), StringComparer.Ordinal);

    /// <summary>Null when this silo carries no such kind.</summary>
    public IAlertPublisher? Find(string kind) => _byKind.GetValueOrDefault(kind);
}
