using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Drives the core over a recording on event time. Endpoints are played one after the other, since nothing passes between
/// them; the events of all are then put in order, so the outcome does not depend on the order of rows or endpoints.
/// </summary>
public static class Replayer
{
    /// <param name="recording">What was recorded.</param>
    /// <param name="rules">What is asked of it.</param>
    /// <param name="progress">Told how many metric rows were played since it was told last; null: nobody.</param>
    public static ReplayResult Run(Recording recording, RuleSet rules, Action<long>? progress = null)
    {
        IReadOnlyList<EndpointRows> endpoints = EndpointRows.Of(recording);
        List<StoryEvent> events = [];
        long taken = 0;
        long refused = 0;
        if (recording is { From: { } from, To: { } to })
        {
            TimeSpan interval = MonitorOptions.Default.Windows.Interval;
            foreach (EndpointRows rows in endpoints)
            {
                EndpointReplay replay = new(recording, rows, rules);
                replay.Run(from.Floor(interval), to.Floor(interval), progress);
                events.AddRange(replay.Events);
                taken += replay.PointsTaken;
                refused += replay.PointsRefused;
            }
        }

        // OrderBy keeps what one endpoint said of one thing at one instant in the order in which it was said.
        List<StoryEvent> sorted = [.. events
            .OrderBy(e => e.Time)
            .ThenBy(e => StoryEventJson.Order(e).Type, StringComparer.Ordinal)
            .ThenBy(e => StoryEventJson.Order(e).Id, StringComparer.Ordinal)];
        return new ReplayResult(sorted, Summarise(recording, endpoints, sorted, taken, refused));
    }

    private static ReplaySummary Summarise(Recording recording, IReadOnlyList<EndpointRows> endpoints, List<StoryEvent> events, long taken, long refused)
    {
        List<NotificationEvent> sent = [.. events.OfType<NotificationEvent>().Where(n => n.SuppressedBy is null)];
        return new ReplaySummary(
            recording.From,
            recording.To,
            endpoints.Count,
            taken,
            refused,
            endpoints.Sum(e => (long)e.Samples.Count),
            recording.Scores.Count,
            recording.ProblemCount,
            events.OfType<TransitionEvent>().Count(),
            events.OfType<IncidentEvent>().Count(i => i.State == "open"),
            sent.Count(n => n.Kind == NotificationKind.Firing.Id() && n.Severity == Severity.Page),
            sent.Count);
    }
}
