using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Endpoints;

/// <summary>
/// Which times a point may have. Asked before anything is decoded: one total from a clock that runs ahead would make every
/// later one look old.
/// </summary>
internal static class PointTime
{
    private static readonly TimeSpan MaxAhead = MonitorOptions.Default.Windows.MaxAhead;

    /// <param name="unixMs">The time of the point.</param>
    /// <param name="now">The clock on the wall; null: the points carry the only clock there is.</param>
    /// <returns>Why it is refused; null: it is not.</returns>
    public static UpsertOutcome? Refusal(long unixMs, Timestamp? now) =>
        unixMs > Timestamp.MaxValue.UnixMs || (now is { } wall && unixMs > (wall + MaxAhead).UnixMs) ? UpsertOutcome.TooFarAhead
        : unixMs < Timestamp.MinValue.UnixMs ? UpsertOutcome.TooOld
        : null;
}
