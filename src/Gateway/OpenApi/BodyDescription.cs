namespace Grainwatch.Gateway.OpenApi;

/// <summary>Which bodies a door takes. For the document alone: the door itself says why it refuses another.</summary>
/// <param name="ContentTypes">At least one.</param>
internal sealed record BodyDescription(IReadOnlyList<string> ContentTypes);
