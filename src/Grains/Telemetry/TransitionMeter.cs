using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Grains.Telemetry;

/// <summary>Counts the transitions of the story.</summary>
internal sealed class TransitionMeter(GrainInstruments instruments) : IStoryListener
{
    public void Tell(StoryEvent story) => instruments.Told(story);
}
