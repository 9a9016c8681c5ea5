namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// Folds what was said of one incident at one instant into its last word: an incident that opened and was explained at
/// once is told as one line, with its cause. What opened stays "open".
/// </summary>
public static class StoryCompaction
{
    public static IReadOnlyList<StoryEvent> Compact(IReadOnlyList<StoryEvent> story)
    {
        Dictionary<string, (int Index, bool IsOpening)> last = new(StringComparer.Ordinal);
        for (int i = 0; i < story.Count; i++)
        {
            if (story[i] is IncidentEvent incident)
            {
                bool opened = last.TryGetValue(incident.IncidentId, out (int Index, bool IsOpening) before) && before.IsOpening;
                last[incident.IncidentId] = (i, opened || incident.State == "open");
            }
        }

        List<StoryEvent> told = new(story.Count);
        for (int i = 0; i < story.Count; i++)
        {
            if (story[i] is not IncidentEvent incident)
            {
                told.Add(story[i]);
            }
            else if (last[incident.IncidentId] is var final && final.Index == i)
            {
                told.Add(final.IsOpening && incident.State == "updated" ? incident with { State = "open" } : incident);
            }
        }

        return told;
    }
}
