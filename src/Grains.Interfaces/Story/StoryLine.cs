namespace Grainwatch.Grains.Interfaces.Story;

/// <summary>One line of the story as it is streamed.</summary>
/// <param name="Sequence">1 and up, within an epoch of the story; 0: not numbered yet.</param>
/// <param name="Type">transition, incident or notification.</param>
/// <param name="Data">One JSON object, as <c>replay</c> prints it.</param>
/// <param name="ToldAt">When it was told, by the clock on the wall.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.story-line")]
public sealed record StoryLine(
    [property: Id(0)] long Sequence, [property: Id(1)] string Type, [property: Id(2)] string Data, [property: Id(3)] DateTimeOffset ToldAt);
