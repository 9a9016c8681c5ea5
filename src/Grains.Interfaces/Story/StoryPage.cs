namespace Grainwatch.Grains.Interfaces.Story;

/// <summary>Some lines of the story, in order.</summary>
/// <param name="Epoch">Which numbering: the moment at which it began, in Unix milliseconds.</param>
/// <param name="After">The lines follow on this sequence.</param>
/// <param name="Lines">May be none.</param>
/// <param name="IsGap">True: what was asked for is no longer kept, or of another epoch; these are the lines that are.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.story-page")]
public sealed record StoryPage(
    [property: Id(0)] long Epoch, [property: Id(1)] long After, [property: Id(2)] StoryLine[] Lines, [property: Id(3)] bool IsGap);
