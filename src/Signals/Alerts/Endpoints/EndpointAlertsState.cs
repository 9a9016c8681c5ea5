using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grainwatch.Signals.Alerts;

/// <summary>Everything that is known of an endpoint's alerts. Immutable, plain data; all tables in ordinal order of their keys.</summary>
public sealed record EndpointAlertsState
{
    private Walk? _walk;

    public required string Endpoint { get; init; }

    /// <summary>By fingerprint.</summary>
    public ImmutableSortedDictionary<string, AlertInstance> Instances { get; init => field = Ordinal(value); } = Table<AlertInstance>();

    /// <summary>By id: open ones, and ended ones that somebody has yet to be told of.</summary>
    public ImmutableSortedDictionary<string, IncidentState> Incidents { get; init => field = Ordinal(value); } = Table<IncidentState>();

    /// <summary>By key.</summary>
    public ImmutableSortedDictionary<string, AlertGroup> Groups { get; init => field = Ordinal(value); } = Table<AlertGroup>();

    /// <summary>Notifications that are not finished, by id.</summary>
    public ImmutableSortedDictionary<string, OutboxRow> Rows { get; init => field = Ordinal(value); } = Table<OutboxRow>();

    /// <summary>When the condition of each composite was last true, by name.</summary>
    public ImmutableSortedDictionary<string, Timestamp> CompositeTrueAt { get; init => field = Ordinal(value); } = Table<Timestamp>();

    /// <summary>When the last sign of life was planned.</summary>
    public Timestamp? HeartbeatAt { get; init; }

    /// <summary>Since this activation began; not written.</summary>
    public ImmutableSortedDictionary<AlertCounter, long> Counters { get; init; } = ImmutableSortedDictionary<AlertCounter, long>.Empty;

    /// <summary>The instances in order of their fingerprints. Every tick looks at all of them: the walk over the tree is made once.</summary>
    [JsonIgnore]
    internal ReadOnlySpan<AlertInstance> InstancesInOrder
    {
        get
        {
            Walk? walk = _walk;
            if (walk is null || !ReferenceEquals(walk.Of, Instances))
            {
                _walk = walk = new Walk(Instances);
            }

            return walk.Values;
        }
    }

    /// <summary>True: nothing is open, nothing was told, nothing waits.</summary>
    [JsonIgnore]
    public bool IsQuiet => Rows.IsEmpty && Groups.IsEmpty && Incidents.IsEmpty;

    /// <summary>True: nothing is open, pending, or on its way: time alone changes nothing but clocks.</summary>
    [JsonIgnore]
    public bool IsAtRest
    {
        get
        {
            bool isAtRest = IsQuiet;
            foreach (AlertInstance alert in InstancesInOrder)
            {
                isAtRest &= alert.IsDormant;
            }

            return isAtRest;
        }
    }

    /// <summary>Incidents that are open, in order of their ids.</summary>
    [JsonIgnore]
    public IEnumerable<IncidentState> OpenIncidents => Incidents.Values.Where(i => i.IsOpen);

    public static EndpointAlertsState Empty(string endpoint) => new() { Endpoint = endpoint };

    /// <summary>What is written: alerts of which nothing would be missed are left out and come back with their next verdict.</summary>
    public EndpointAlertsState ToHead() => this with
    {
        Instances = Instances.RemoveRange(Instances.Values.Where(i => i.IsDormant).Select(i => i.Fingerprint)),
        Counters = ImmutableSortedDictionary<AlertCounter, long>.Empty,
    };

    private static ImmutableSortedDictionary<string, T> Table<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, T> Ordinal<T>(ImmutableSortedDictionary<string, T> table) =>
        table.WithComparers(StringComparer.Ordinal);

    private sealed class Walk
    {
        public Walk(ImmutableSortedDictionary<string, AlertInstance> of)
        {
            Of = of;
            Values = new AlertInstance[of.Count];
            int count = 0;
            foreach ((_, AlertInstance alert) in of)
            {
                Values[count++] = alert;
            }
        }

        public ImmutableSortedDictionary<string, AlertInstance> Of { get; }

        public AlertInstance[] Values { get; }
    }
}
