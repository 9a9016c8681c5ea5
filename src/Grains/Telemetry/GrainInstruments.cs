using System.Diagnostics.Metrics;
using Grainwatch.Grains.Interfaces.Telemetry;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Telemetry;

/// <summary>What the grains count of themselves. Names of values are few and fixed, so that no series is made by data.</summary>
public sealed class GrainInstruments
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _notifications;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _scores;
    private readonly Counter<long> _feedback;

    public GrainInstruments(IMeterFactory meters)
    {
        Meter meter = meters.Create(new MeterOptions(GrainwatchMeter.Name));
        _accepted = meter.CreateCounter<long>("grainwatch.points.accepted", "{point}", "Points that are in a window, or say nothing new.");
        _refused = meter.CreateCounter<long>("grainwatch.points.refused", "{point}", "Points that were refused, by reason.");
        _verdicts = meter.CreateCounter<long>("grainwatch.verdicts", "{verdict}", "Verdicts that were told, by truth.");
        _transitions = meter.CreateCounter<long>("grainwatch.alert.transitions", "{transition}",
            "State changes of alerts, by the state after.");
        _notifications = meter.CreateCounter<long>("grainwatch.notification.attempts", "{attempt}",
            "Attempts to notify, by kind of receiver and answer.");
        _answers = meter.CreateCounter<long>("grainwatch.evaluator.answers", "{answer}", "Answers that were scored.");
        _scores = meter.CreateCounter<long>("grainwatch.evaluator.scores", "{score}", "Scores that were given, by dimension.");
        _feedback = meter.CreateCounter<long>("grainwatch.incident.feedback", "{word}",
            "Words of people on incidents, by verdict and pattern.");
    }

    public void Accepted(int points) => _accepted.Add(points);

    public void Refused(string reason, int points) => _refused.Add(points, KeyValuePair.Create("reason", (object?)reason));

    public void Judged(string truth, int verdicts) => _verdicts.Add(verdicts, KeyValuePair.Create("truth", (object?)truth));

    public void Judged(FeedbackView word, string pattern) =>
        _feedback.Add(1, KeyValuePair.Create("verdict", (object?)word.Verdict), KeyValuePair.Create("pattern", (object?)pattern));

    public void Told(StoryEvent story)
    {
        if (story is TransitionEvent transition)
        {
            _transitions.Add(1, KeyValuePair.Create("state", (object?)transition.To));
        }
    }

    public void Attempted(string receiverKind, string answer) =>
        _notifications.Add(1, KeyValuePair.Create("receiver.kind", (object?)receiverKind), KeyValuePair.Create("answer", (object?)answer));

    public void Evaluated(int answers) => _answers.Add(answers);

    public void Scored(string dimension, int scores) => _scores.Add(scores, KeyValuePair.Create("dimension", (object?)dimension));
}
