namespace Grainwatch.Hosting.Options;

/// <summary>The section <c>Grainwatch</c> itself: it has no values, and no other sections than those that are known.</summary>
public sealed class RootOptions : SectionOptions
{
    public const string Section = "Grainwatch";
}
