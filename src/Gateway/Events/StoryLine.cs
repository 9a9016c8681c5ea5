namespace Grainwatch.Gateway.Events;

/// <summary>One line of the story as it is streamed.</summary>
/// <param name="Sequence">1 and up.</param>
/// <param name="Type">transition, incident or notification.</param>
/// <param name="Data">One JSON object, as <c>replay</c> prints it.</param>
/// <param name="ToldAt">When it was told, by the clock on the wall.</param>
public sealed record StoryLine(long Sequence, string Type, string Data, DateTimeOffset ToldAt);
