using System.Collections.Concurrent;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Keeps every line of the story.</summary>
internal sealed class StoryLog : IStoryListener
{
    public ConcurrentQueue<StoryEvent> Events { get; } = new();

    public void Tell(StoryEvent story) => Events.Enqueue(story);
}
