using System.Diagnostics.Metrics;

namespace Grainwatch.Grains.Rehearsal;

/// <summary>Instruments that nobody listens to.</summary>
internal sealed class RehearsedMeters : IMeterFactory
{
    private readonly Meter _meter = new(new MeterOptions("Grainwatch.Rehearsal"));

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();
}
