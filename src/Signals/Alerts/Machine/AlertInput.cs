using System.Text.Json.Serialization;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Alerts;

/// <summary>What can happen to one alert. Plain records: every call of the machine can be written down and played again.</summary>
[JsonDerivedType(typeof(Observation), "observation")]
[JsonDerivedType(typeof(Tick), "tick")]
[JsonDerivedType(typeof(RuleChanged), "ruleChanged")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record AlertInput
{
    private AlertInput()
    {
    }

    /// <summary>A verdict, as the machine sees it: one truth, certified for an interval of event time.</summary>
    /// <param name="Truth">One of the five.</param>
    /// <param name="From">Since when without interruption.</param>
    /// <param name="AsOf">Up to when it is certified.</param>
    /// <param name="Held">Certified true time, pauses left out.</param>
    /// <param name="TrueOfLastN">For rules of the kind M of N.</param>
    /// <param name="IsWarming">True: the speaker's window is not full; False and Missing then say nothing.</param>
    /// <param name="Evidence">Why.</param>
    public sealed record Observation(
        Truth Truth, Timestamp From, Timestamp AsOf, TimeSpan Held, int TrueOfLastN, bool IsWarming, Evidence Evidence) : AlertInput
    {
        public static Observation Of(Verdict verdict) => new(
            verdict.Truth, verdict.From, verdict.AsOf, verdict.Held, verdict.TrueOfLastN, verdict.IsWarming, verdict.Evidence);
    }

    /// <summary>Time passes. Certifies nothing.</summary>
    public sealed record Tick : AlertInput;

    /// <summary>The rule was edited; the policy passed to the step is the new one.</summary>
    /// <param name="IsConditionChanged">False: only text, hold, keep or policy.</param>
    /// <param name="DecidedAgain">The new condition over the retained window; null: not known yet.</param>
    public sealed record RuleChanged(bool IsConditionChanged, Observation? DecidedAgain) : AlertInput;

    /// <summary>The alert can no longer be judged.</summary>
    /// <param name="Reason">RuleRemoved, Unselected, Retired or RetiredAfterSilence.</param>
    public sealed record Ended(AlertReason Reason) : AlertInput;
}
