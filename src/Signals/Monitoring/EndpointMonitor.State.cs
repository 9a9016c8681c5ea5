using System.Text;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Monitoring;

public sealed partial class EndpointMonitor
{
    /// <summary>Everything that the next monitor of this endpoint has to know; close the block before, so that nothing follows.</summary>
    /// <remarks>
    /// What rules said before is left out: the next monitor finds it again in the windows, and so holds go on.
    /// </remarks>
    public MonitorState Save() => new(Block.Save(), TopologyWriter.Write(Topology), _first, AsOf, Quality.Save(), _buckets.Save());

    /// <summary>A monitor that goes on where another was.</summary>
    /// <exception cref="InvalidDataException">The windows cannot be restored.</exception>
    public static EndpointMonitor Restore(EntityId id, RuleSet rules, MonitorOptions options, VerdictEpoch epoch, MonitorState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        EndpointMonitor monitor = new(
            id, rules, options, epoch, WindowBlock.Restore(state.Block), QualityMonitor.Restore(rules.Questions, options.Quality, state.Quality))
        {
            _first = state.First,
            AsOf = state.AsOf,
        };
        monitor._buckets.Restore(state.Buckets);
        monitor.Declare(TopologyReader.Read(Encoding.UTF8.GetBytes(state.Topology)));
        if (monitor.AsOf is { } row)
        {
            monitor.DecideAgain(monitor._judged, row);
        }

        return monitor;
    }

    /// <summary>Takes in points of another monitor of this endpoint: holes are filled, and what is known here stays.</summary>
    /// <exception cref="InvalidDataException">Its windows cannot be restored.</exception>
    public void Absorb(MonitorState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        WindowBlock block = WindowBlock.Restore(other.Block);
        foreach (SeriesKey series in block.Series)
        {
            Column(series);
        }

        Block.Absorb(block);
        _first = other.First is { } first && _first is { } own ? Timestamp.Min(first, own) : _first ?? other.First;
    }
}
