using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Monitoring;

/// <summary>An alert instance changed its state.</summary>
/// <param name="Time">When.</param>
/// <param name="Rule">Of which rule.</param>
/// <param name="RuleVersion">Hash of the rule's text.</param>
/// <param name="Entity">Of whom, as people read it.</param>
/// <param name="Episode">Id of the episode; null: none began yet.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Reason">Name of the branch that was taken.</param>
/// <param name="Evidence">What the rule saw.</param>
public sealed record TransitionEvent(
    Timestamp Time,
    string Rule,
    string RuleVersion,
    string Entity,
    string? Episode,
    string From,
    string To,
    string Reason,
    Evidence Evidence) : StoryEvent(Time);
