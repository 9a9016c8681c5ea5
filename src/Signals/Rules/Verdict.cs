using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules;

/// <summary>What one rule says of one entity over an interval of event time. Silence between verdicts never counts as time.</summary>
/// <param name="RuleId">Which rule.</param>
/// <param name="RuleVersion">Hash of the rule's text: another text, another version.</param>
/// <param name="Entity">Of whom.</param>
/// <param name="Residual">Labels of the series, where the rule looks at one series of several.</param>
/// <param name="Truth">What it says.</param>
/// <param name="From">Event time since which it says so without interruption.</param>
/// <param name="AsOf">Event time up to which it is certified.</param>
/// <param name="Held">Certified time for which the raise condition was true, pauses left out; zero unless true.</param>
/// <param name="TrueOfLastN">How many of the last N evaluations were true; 0 where the rule has no M of N.</param>
/// <param name="Evidence">Why.</param>
/// <param name="Epoch">Which activation says so.</param>
/// <param name="IsWarming">True while the speaker's window does not yet cover what the rule looks at.</param>
public sealed record Verdict(
    string RuleId,
    string RuleVersion,
    EntityId Entity,
    LabelSet Residual,
    Truth Truth,
    Timestamp From,
    Timestamp AsOf,
    TimeSpan Held,
    int TrueOfLastN,
    Evidence Evidence,
    VerdictEpoch Epoch,
    bool IsWarming = false);
