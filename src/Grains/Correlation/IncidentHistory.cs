using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Correlation;

/// <summary>The incidents that an activation has seen, with what was said of each; the oldest ended one is forgotten first.</summary>
internal sealed class IncidentHistory
{
    /// <summary>Incidents that are remembered.</summary>
    public const int MaxIncidents = 200;

    /// <summary>Notifications that are remembered of one incident.</summary>
    public const int MaxNotifications = 100;

    private readonly List<Entry> _entries = [];

    public IReadOnlyList<Entry> Entries => _entries;

    /// <param name="story">What was said.</param>
    /// <param name="wallClock">When, by the clock on the wall.</param>
    /// <returns>False: another attempt at a notification that was told already.</returns>
    public bool Add(StoryEvent story, Timestamp wallClock)
    {
        switch (story)
        {
            case IncidentEvent incident:
                Find(incident.IncidentId, incident, wallClock).Latest = incident;
                break;
            case NotificationEvent { IncidentId: { } id } notification when _entries.Find(e => e.Latest.IncidentId == id) is { } entry:
                int at = entry.Notifications.FindIndex(n => n.Event.NotificationId == notification.NotificationId);
                if (at >= 0)
                {
                    // What can still change before it arrives is its words.
                    entry.Notifications[at] = (notification, entry.Notifications[at].Answer);
                    return false;
                }

                if (entry.Notifications.Count < MaxNotifications)
                {
                    entry.Notifications.Add((notification, null));
                }

                break;
        }

        return true;
    }

    public void Delivered(string notificationId, PublishAnswer answer)
    {
        foreach (Entry entry in _entries)
        {
            int at = entry.Notifications.FindIndex(n => n.Event.NotificationId == notificationId);
            if (at >= 0)
            {
                entry.Notifications[at] = (entry.Notifications[at].Event, answer);
            }
        }
    }

    private Entry Find(string id, IncidentEvent incident, Timestamp wallClock)
    {
        Entry? entry = _entries.Find(e => e.Latest.IncidentId == id);
        if (entry is null)
        {
            if (_entries.Count >= MaxIncidents)
            {
                _entries.RemoveAt(Math.Max(0, _entries.FindIndex(e => e.Latest.State == "resolved")));
            }

            _entries.Add(entry = new Entry(incident, wallClock));
        }

        return entry;
    }

    /// <summary>One incident as it was said last.</summary>
    internal sealed class Entry(IncidentEvent opened, Timestamp wallClock)
    {
        public IncidentEvent Opened { get; } = opened;

        public Timestamp OpenedAtWallClock { get; } = wallClock;

        public IncidentEvent Latest { get; set; } = opened;

        public List<(NotificationEvent Event, PublishAnswer? Answer)> Notifications { get; } = [];
    }
}
