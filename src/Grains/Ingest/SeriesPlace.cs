using Grainwatch.Grains.Endpoints;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Grains.Ingest;

/// <summary>Where the samples of a source series go.</summary>
/// <param name="Lease">Into whose windows.</param>
/// <param name="Column">Of the block.</param>
/// <param name="Scale">From the unit of the source to the canonical one.</param>
/// <param name="Counter">Turns its running total into increases; itself the lock that guards it. Null: a gauge.</param>
internal sealed record SeriesPlace(WindowLease Lease, int Column, double Scale, CounterDecoder? Counter);
