using System.Globalization;
using Grainwatch.Signals;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Silo.Story;

/// <summary>Tells the story on the terminal as it happens, one line each: wall time, event time, what happened.</summary>
public sealed class TerminalStory(TextWriter output, TimeProvider time) : IStoryListener
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    public void Tell(StoryEvent story)
    {
        ArgumentNullException.ThrowIfNull(story);
        if (story is IncidentEvent incident && !IsNews(incident))
        {
            return;
        }

        foreach (string line in Lines(story))
        {
            Say(story.Time, line);
        }
    }

    /// <summary>One line that belongs to no event.</summary>
    public void Say(Timestamp? eventTime, string text)
    {
        string wall = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string moment = eventTime is { } t ? t.ToDateTimeOffset().ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "--------";
        lock (_gate)
        {
            output.WriteLine($"{wall}  {moment}  {text}");
            output.Flush();
        }
    }

    /// <summary>An alert that joins or leaves has a line of its own; the incident is told again when it reads differently.</summary>
    private bool IsNews(IncidentEvent incident)
    {
        string reads = $"{Words.Of(incident.Severity)} {incident.Diagnosis.Title}";
        lock (_gate)
        {
            bool isNews = incident.State != "updated" || !_said.TryGetValue(incident.IncidentId, out string? before) || before != reads;
            _said[incident.IncidentId] = reads;
            if (incident.State == "resolved")
            {
                _said.Remove(incident.IncidentId);
            }

            return isNews;
        }
    }

    private static IEnumerable<string> Lines(StoryEvent story)
    {
        switch (story)
        {
            case TransitionEvent { To: "Firing" or "Recovering" or "NoData" } e:
                yield return $"{e.To,-10}  {e.Rule} on {e.Entity}: {e.Evidence.Text}";
                break;
            case TransitionEvent { To: "Normal", From: "Firing" or "Recovering" or "NoData" } e:
                yield return $"{"Normal",-10}  {e.Rule} on {e.Entity} ({e.Reason})";
                break;
            case IncidentEvent e:
                yield return $"{"INCIDENT",-10}  {e.State} {e.Diagnosis.Pattern.Id()} [{Words.Of(e.Severity)}] {e.Diagnosis.Title} ({e.IncidentId[..12]})";
                if (e.State != "resolved" && e.Diagnosis.Causes is [{ } first, ..])
                {
                    yield return $"{"  cause",-10}  {first.Entity} {first.Metric}: {string.Join("; ", first.Evidence.Take(2).Select(e => e.TrimEnd('.')))}";
                    foreach (string ruledOut in e.Diagnosis.RuledOut.Take(2))
                    {
                        yield return $"{"  not",-10}  {ruledOut}";
                    }
                }

                break;
            case NotificationEvent e:
                string held = e.SuppressedBy is null ? "" : $" held back: {e.SuppressedBy}";
                yield return $"{Words.Of(e.Severity).ToUpperInvariant(),-10}  {e.Kind} to {e.Receiver} ({e.Reason}): {e.Subject}{held}";
                break;
        }
    }
}
