using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Alerts;

/// <summary>What the alert machine needs to know of a rule. All lengths are event time.</summary>
/// <param name="RuleId">Which rule.</param>
/// <param name="RuleVersion">Hash of the rule's text.</param>
/// <param name="For">How long the raise condition must hold before the alert fires; zero: at once.</param>
/// <param name="RequiredTrue">M of "M of N"; 0: the rule uses <paramref name="For"/>.</param>
/// <param name="OfLast">N of "M of N"; 0: the rule uses <paramref name="For"/>.</param>
/// <param name="Keep">How long the clear condition must hold before the alert ends; zero: at once.</param>
/// <param name="Missing">What a gap longer than <paramref name="StaleAfter"/> means.</param>
/// <param name="Severity">Severity of the rule itself.</param>
/// <param name="IsObserved">True: evaluated and recorded, never notified.</param>
/// <param name="MaxGap">Two true points further apart than this do not count as one hold (2.5 intervals).</param>
/// <param name="StaleAfter">A gap longer than this is data that stopped.</param>
/// <param name="ErrorFor">An evaluation error longer than this is a fault.</param>
public sealed record AlertPolicy(
    string RuleId,
    string RuleVersion,
    TimeSpan For,
    int RequiredTrue,
    int OfLast,
    TimeSpan Keep,
    MissingPolicy Missing,
    Severity Severity,
    bool IsObserved,
    TimeSpan MaxGap,
    TimeSpan StaleAfter,
    TimeSpan ErrorFor)
{
    /// <summary>Hash of what is decided: the same while only holds, texts or policies change. Empty: not known.</summary>
    public string ConditionVersion { get; init; } = "";
}
