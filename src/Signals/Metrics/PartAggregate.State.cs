namespace Grainwatch.Signals.Metrics;

public sealed partial class PartAggregate
{
    internal PartAggregateState Save() => new(kind, unit, [.. _instants.Select(i => new PartInstant(i.Time, [.. i.Parts]))]);

    internal static PartAggregate Restore(PartAggregateState state)
    {
        PartAggregate aggregate = new(state.Kind, state.Unit);
        aggregate._instants.AddRange(state.Instants.Select(
            i => (i.Time, new SortedDictionary<string, double>(i.Parts.ToDictionary(), StringComparer.Ordinal))));
        return aggregate;
    }
}
