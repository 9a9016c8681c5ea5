using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>The running total of one bucket of a histogram whose source tells increases.</summary>
internal sealed record DeltaEntry(StoredSeriesKey Key, string Part, double Bound, Timestamp Time, double Before, double Total);
