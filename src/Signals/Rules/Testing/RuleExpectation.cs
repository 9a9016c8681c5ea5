using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Rules.Testing;

/// <summary>What must be so at an instant (<c>at</c>), or have come about until one (<c>by</c>).</summary>
/// <param name="Time">From the start of the test.</param>
/// <param name="IsUntil">True for <c>by</c>.</param>
/// <param name="Rule">Of which rule; null: all together.</param>
/// <param name="Entity">Of which entity; null: the rule's only one.</param>
/// <param name="State">Normal, Pending, Firing, Recovering, NoData or Unknown; null: not asked.</param>
/// <param name="Notifications">How many FIRING notifications until then; null: not asked.</param>
/// <param name="Severity">Only those of this severity (<c>pages</c> are those of severity page); null: all.</param>
/// <param name="Incidents">How many incidents until then; null: not asked.</param>
/// <param name="Line">Where it stands.</param>
public sealed record RuleExpectation(
    TimeSpan Time, bool IsUntil, string? Rule, string? Entity, string? State, int? Notifications, Severity? Severity, int? Incidents, int Line);
