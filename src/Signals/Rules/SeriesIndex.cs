using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>Finds the columns of a reader by entity and metric. One index may serve all rules that share a reader.</summary>
public sealed class SeriesIndex(ISeriesReader reader)
{
    private static readonly IReadOnlyList<int> None = [];

    private readonly Dictionary<(EntityId Entity, MetricName Metric), List<int>> _columns = [];
    private readonly Dictionary<EntityId, List<int>> _below = [];

    public ISeriesReader Reader { get; } = reader;

    /// <summary>How many series have been taken in.</summary>
    public int Count { get; private set; }

    /// <summary>Takes in the series that have appeared since.</summary>
    public void Update()
    {
        IReadOnlyList<SeriesKey> series = Reader.Series;
        for (; Count < series.Count; Count++)
        {
            SeriesKey key = series[Count];
            Add(_columns, (key.Entity, key.Metric), Count);
            for (EntityId? entity = key.Entity; entity is not null; entity = entity.Parent)
            {
                Add(_below, entity, Count);
            }
        }
    }

    /// <summary>Forgets what was taken in: <see cref="Update"/> takes it in again. Once all columns are found the tables are a burden.</summary>
    public void Forget()
    {
        _columns.Clear();
        _below.Clear();
        _columns.TrimExcess();
        _below.TrimExcess();
        Count = 0;
    }

    /// <summary>
    /// The column of a metric of an entity: that with exactly these labels, else that without labels, else, when no labels
    /// are asked for, the only one there is. -1: none, or no single one.
    /// </summary>
    public int Find(EntityId entity, MetricName metric, LabelSet residual)
    {
        if (!_columns.TryGetValue((entity, metric), out List<int>? columns))
        {
            return -1;
        }

        int unlabelled = -1;
        foreach (int column in columns)
        {
            LabelSet labels = Reader.Series[column].Residual;
            if (labels.Equals(residual))
            {
                return column;
            }

            unlabelled = labels.Count == 0 ? column : unlabelled;
        }

        return unlabelled >= 0 || residual.Count > 0 || columns.Count > 1 ? unlabelled : columns[0];
    }

    /// <summary>The columns of an entity and of everything below it.</summary>
    public IReadOnlyList<int> Below(EntityId entity) => _below.TryGetValue(entity, out List<int>? columns) ? columns : None;

    private static void Add<TKey>(Dictionary<TKey, List<int>> map, TKey key, int column)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out List<int>? columns))
        {
            map[key] = columns = [];
        }

        columns.Add(column);
    }
}
