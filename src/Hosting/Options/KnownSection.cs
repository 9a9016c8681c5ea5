namespace Grainwatch.Hosting.Options;

/// <summary>A section below <c>Grainwatch</c> that somebody reads.</summary>
/// <param name="Name">Its whole path.</param>
internal sealed record KnownSection(string Name);
