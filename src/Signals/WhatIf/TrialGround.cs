using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.WhatIf;

/// <summary>What rules are tried on: a copy of the windows of an endpoint, which nobody writes.</summary>
/// <param name="Reader">The copy.</param>
/// <param name="Topology">What exists.</param>
/// <param name="From">The first row that is judged.</param>
/// <param name="To">The last row: the end of the newest bucket that was judged in life.</param>
/// <param name="IsWarming">Whether the windows did not yet cover a row when it came.</param>
public sealed record TrialGround(ISeriesReader Reader, TopologyMap Topology, Timestamp From, Timestamp To, Func<Timestamp, bool> IsWarming)
{
    /// <summary>Takes a copy of what a monitor holds, under the lock of its block: the monitor may go on meanwhile.</summary>
    /// <param name="monitor">That has judged a row.</param>
    public static TrialGround Of(EndpointMonitor monitor)
    {
        Timestamp to = monitor.AsOf ?? default;
        WindowBlock copy = WindowBlock.Restore(monitor.Block.Save());
        Timestamp oldest = Timestamp.Max(copy.Oldest ?? to, monitor.First ?? to).Floor(copy.Interval);
        return new TrialGround(copy, monitor.Topology, Timestamp.Min(oldest + copy.Interval, to), to, monitor.IsWarming);
    }
}
