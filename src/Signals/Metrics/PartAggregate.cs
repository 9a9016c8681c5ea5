namespace Grainwatch.Signals.Metrics;

/// <summary>
/// One series made of the parts that a source tells apart by labels which are aggregated away (<c>engine</c>,
/// <c>finished_reason</c>). Counters are added up, and so are levels that count things (a queue, tokens a second); other
/// levels, such as shares and temperatures, are averaged.
/// </summary>
/// <remarks>
/// Parts of one scrape carry one time and arrive one after the other. The aggregate of the instant is given after each;
/// as the windows upsert by time, the last one stays. A part that is sent again replaces itself, and parts are added in
/// the order of their names, so the result depends on the set of values and not on the order of arrival.
/// </remarks>
/// <param name="kind">Kind of the series.</param>
/// <param name="unit">Its unit.</param>
public sealed partial class PartAggregate(MetricKind kind, MetricUnit unit)
{
    /// <summary>The most parts of one series.</summary>
    public const int MaxParts = 1024;

    /// <summary>How many instants are remembered, so that parts may come late.</summary>
    public const int Instants = 4;

    private readonly bool _isAdditive =
        kind is MetricKind.Counter or MetricKind.Event || unit is MetricUnit.Count or MetricUnit.PerSecond;

    private readonly List<(Timestamp Time, SortedDictionary<string, double> Parts)> _instants = [];

    /// <summary>Takes the value of one part.</summary>
    /// <param name="part">The values of the aggregated labels, as one text.</param>
    /// <param name="time">Event time.</param>
    /// <param name="value">A level, or the increase of this part's own counter.</param>
    /// <param name="aggregate">The series' value at that time, as far as its parts have come; 0 when the part was refused.</param>
    public PartOutcome Put(string part, Timestamp time, double value, out double aggregate)
    {
        ArgumentNullException.ThrowIfNull(part);
        aggregate = 0;
        int at = _instants.FindIndex(i => i.Time >= time);
        if (at < 0 || _instants[at].Time != time)
        {
            if (at == 0 && _instants.Count == Instants)
            {
                return PartOutcome.TooOld;
            }

            at = at < 0 ? _instants.Count : at;
            _instants.Insert(at, (time, new SortedDictionary<string, double>(StringComparer.Ordinal)));
            if (_instants.Count > Instants)
            {
                _instants.RemoveAt(0);
                at--;
            }
        }

        SortedDictionary<string, double> parts = _instants[at].Parts;
        bool known = parts.TryGetValue(part, out double before);
        if (!known && parts.Count >= MaxParts)
        {
            return PartOutcome.TooManyParts;
        }

        parts[part] = value;
        double sum = 0;
        foreach (double each in parts.Values)
        {
            sum += each;
        }

        aggregate = _isAdditive ? sum : sum / parts.Count;
        return known && before.Equals(value) ? PartOutcome.Unchanged : PartOutcome.Updated;
    }
}
