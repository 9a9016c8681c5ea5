using System.Text.Json;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Correlation;

/// <summary>The incidents of an endpoint with what was said of each; the oldest ended one is forgotten first.</summary>
internal sealed class IncidentHistory
{
    /// <summary>Incidents that are remembered.</summary>
    public const int MaxIncidents = 200;

    /// <summary>Notifications that are remembered of one incident.</summary>
    public const int MaxNotifications = 100;

    /// <summary>Characters of the written document; below what any of the storages takes as one item.</summary>
    public const int MaxCharacters = 200_000;

    private readonly List<HistoryEntry> _entries;

    public IncidentHistory(string? json) => _entries = json is null ? [] : JsonSerializer.Deserialize<List<HistoryEntry>>(json, AlertJson.Options)!;

    public IReadOnlyList<HistoryEntry> Entries => _entries;

    /// <summary>True: something was said that is not written.</summary>
    public bool IsChanged { get; set; }

    /// <param name="story">What was said.</param>
    /// <param name="wallClock">When, by the clock on the wall.</param>
    /// <returns>False: another attempt at a notification that was told already.</returns>
    public bool Add(StoryEvent story, Timestamp wallClock)
    {
        switch (story)
        {
            case IncidentEvent incident:
                Find(incident, wallClock).Latest = incident;
                IsChanged = true;
                break;
            case NotificationEvent { IncidentId: { } id } notification when _entries.Find(e => e.Latest.IncidentId == id) is { } entry:
                IsChanged = true;
                int at = entry.Notifications.FindIndex(n => n.Event.NotificationId == notification.NotificationId);
                if (at >= 0)
                {
                    // What can still change before it arrives is its words.
                    entry.Notifications[at] = entry.Notifications[at] with { Event = notification };
                    return false;
                }

                if (entry.Notifications.Count < MaxNotifications)
                {
                    entry.Notifications.Add(new HistoryNotification(notification, null));
                }

                break;
        }

        return true;
    }

    /// <summary>Notes what became of a notification.</summary>
    public void Note(string notificationId, string outcome)
    {
        foreach (HistoryEntry entry in _entries)
        {
            int at = entry.Notifications.FindIndex(n => n.Event.NotificationId == notificationId);
            if (at >= 0)
            {
                entry.Notifications[at] = entry.Notifications[at] with { Outcome = outcome };
                IsChanged = true;
            }
        }
    }

    /// <summary>Keeps what somebody thinks of an incident.</summary>
    /// <param name="incidentId">Which.</param>
    /// <param name="word">The word.</param>
    /// <param name="pattern">Of the incident, where the word was taken.</param>
    public FeedbackOutcome Add(string incidentId, FeedbackView word, out string pattern)
    {
        pattern = "";
        if (_entries.Find(e => e.Latest.IncidentId == incidentId) is not { } entry)
        {
            return FeedbackOutcome.Unknown;
        }

        if (entry.Feedback.Find(f => f.Id == word.Id) is { } before)
        {
            return before.ToView().SaysAs(word) ? FeedbackOutcome.Repeated : FeedbackOutcome.OtherRequest;
        }

        if (entry.Feedback.Count >= FeedbackView.WordsMax)
        {
            return FeedbackOutcome.TooMany;
        }

        entry.Feedback.Add(HistoryFeedback.Of(word));
        IsChanged = true;
        pattern = entry.Latest.Diagnosis.Pattern.Id();
        return FeedbackOutcome.Taken;
    }

    /// <summary>Takes a word back that could not be stored: whoever gave it is told so, and says it again.</summary>
    public void Remove(string incidentId, string wordId) =>
        _entries.Find(e => e.Latest.IncidentId == incidentId)?.Feedback.RemoveAll(f => f.Id == wordId);

    /// <summary>
    /// The history is written after what decides, so a process that died between the two left it one step behind: what
    /// the state knows is taken over.
    /// </summary>
    public void CatchUp(EndpointAlertsState state, Timestamp wallClock)
    {
        foreach (IncidentState open in state.OpenIncidents.Where(i => !_entries.Exists(e => e.IsOpen && e.Latest.IncidentId == i.Id)))
        {
            Add(Said(open), wallClock);
        }

        foreach (HistoryEntry entry in _entries.Where(e => e.IsOpen && !state.OpenIncidents.Any(i => i.Id == e.Latest.IncidentId)))
        {
            Timestamp ended = state.Incidents.GetValueOrDefault(entry.Latest.IncidentId)?.EndedAt ?? entry.Latest.Time;
            entry.Latest = entry.Latest with { State = "resolved", Time = ended };
            IsChanged = true;
        }

        foreach (HistoryEntry entry in _entries)
        {
            foreach (string id in entry.Notifications.Where(n => n.Outcome is null).Select(n => n.Event.NotificationId)
                .Where(id => !state.Rows.ContainsKey(id)).ToList())
            {
                Note(id, "Unknown");
            }
        }
    }

    /// <summary>The document to write; ended incidents that have no room in it are forgotten.</summary>
    public string ToJson()
    {
        string json = JsonSerializer.Serialize(_entries, AlertJson.Options);
        while (json.Length > MaxCharacters && _entries.FindIndex(e => !e.IsOpen) is >= 0 and int ended)
        {
            _entries.RemoveAt(ended);
            json = JsonSerializer.Serialize(_entries, AlertJson.Options);
        }

        return json;
    }

    private HistoryEntry Find(IncidentEvent incident, Timestamp wallClock)
    {
        HistoryEntry? entry = _entries.Find(e => e.Latest.IncidentId == incident.IncidentId);
        if (entry is null)
        {
            if (_entries.Count >= MaxIncidents)
            {
                _entries.RemoveAt(Math.Max(0, _entries.FindIndex(e => !e.IsOpen)));
            }

            _entries.Add(entry = new HistoryEntry(incident.Time, wallClock, incident, []));
        }

        return entry;
    }

    private static IncidentEvent Said(IncidentState incident) => new(
        incident.OpenedAt,
        incident.Id,
        "open",
        incident.Endpoint,
        incident.Severity,
        incident.Diagnosis?.Onset?.FirstAbnormal ?? incident.Onset,
        incident.Diagnosis ?? new Diagnosis(
            incident.Members[0].Entity, null, IncidentPattern.Unknown, null, [], [],
            $"{incident.Members[0].Entity}: {incident.Members[0].RuleId}", incident.Members[0].Text, 0),
        [.. incident.Members.Select(m => new StoryMember(
            m.RuleId, m.Entity.ToString(), m.EpisodeId, m.IsFiring ? "firing" : "ended", m.Onset, m.Text))]);
}
