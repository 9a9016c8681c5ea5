using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>Everything there is to show about one question and one stream.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Truth">What the evidence says.</param>
/// <param name="Threshold">m0; null: drift whose reference is not frozen yet.</param>
/// <param name="Evidence">M.</param>
/// <param name="Alarm">A.</param>
/// <param name="FalseAlarmsADay">The budget.</param>
/// <param name="Spent">False alarms to expect so far, at most.</param>
/// <param name="Alarms">Alarms so far.</param>
/// <param name="HeldByUnknown">The verdict hangs on answers that the judge lost.</param>
/// <param name="Estimate">For showing.</param>
public sealed record QualityStatus(
    QualityQuestion Question,
    Truth Truth,
    double? Threshold,
    double Evidence,
    double Alarm,
    double FalseAlarmsADay,
    double Spent,
    int Alarms,
    bool HeldByUnknown,
    QualityEstimate Estimate);
