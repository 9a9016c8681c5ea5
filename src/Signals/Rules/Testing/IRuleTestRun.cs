using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Rules.Testing;

/// <summary>What came of a test. Times count from its start.</summary>
public interface IRuleTestRun
{
    /// <summary>The state of a rule's alert at an instant (the name of a state of the machine), null when the rule is bound to no such entity.</summary>
    /// <param name="ruleId">Which rule.</param>
    /// <param name="entity">Of which entity; null: the only one, or else the loudest state of all.</param>
    /// <param name="at">When.</param>
    string? StateOf(string ruleId, string? entity, TimeSpan at);

    /// <summary>FIRING notifications that were sent until an instant, that one included.</summary>
    /// <param name="ruleId">Of incidents with a member of this rule; null: of all.</param>
    /// <param name="severity">Only of this severity; null: of all.</param>
    /// <param name="until">Until when.</param>
    int Notifications(string? ruleId, Severity? severity, TimeSpan until);

    /// <summary>Incidents that were opened until an instant, that one included.</summary>
    int Incidents(TimeSpan until);
}
