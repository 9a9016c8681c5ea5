using System.Collections.Frozen;
using System.Collections.Immutable;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>What an endpoint's alerts are judged with. It belongs to others and changes between steps, never within one.</summary>
public sealed record AlertContext
{
    /// <summary>The endpoint's name, or <c>_judge/ID</c> or <c>_source/ID</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Names this activation in the claims of the outbox.</summary>
    public string Activation { get; init; } = "";

    /// <summary>By rule id.</summary>
    public FrozenDictionary<string, AlertPolicy> Policies { get; init; } = FrozenDictionary<string, AlertPolicy>.Empty;

    /// <summary>The first that matches decides.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>By name.</summary>
    public ImmutableDictionary<string, Receiver> Receivers { get; init; } = ImmutableDictionary<string, Receiver>.Empty;

    public ImmutableArray<Silence> Silences { get; init; } = [];

    /// <summary>False: the silences are not known yet, so nothing is told.</summary>
    public bool AreSilencesLoaded { get; init; } = true;

    public ImmutableArray<InhibitRule> Inhibitions { get; init; } = [];

    public ImmutableArray<CompositeSuppressor> Composites { get; init; } = [];

    public TopologyMap Topology { get; init; } = TopologyMap.Empty;

    public SeverityPolicy Severities { get; init; } = SeverityPolicy.Default;

    public AlertLimits Limits { get; init; } = AlertLimits.Default;

    public NotificationStyle Style { get; init; } = NotificationStyle.Default;

    /// <summary>True: somebody waits for a sign of life.</summary>
    public bool HasWatchdog
    {
        get
        {
            foreach ((_, Receiver receiver) in Receivers)
            {
                if (receiver.IsWatchdog)
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal FingerprintMemo Fingerprints { get; init; } = new();
}
