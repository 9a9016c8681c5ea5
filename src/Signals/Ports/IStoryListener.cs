using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Signals.Ports;

/// <summary>Is told what happens to alerts and incidents, as it happens. Losing an event loses a line of the story, never a page.</summary>
public interface IStoryListener
{
    void Tell(StoryEvent story);
}
