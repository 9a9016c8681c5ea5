using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Quality;

/// <summary>One answer of a model with what was asked. Texts are as the client saw them.</summary>
/// <param name="Id">The request id: decides sampling, so a repeat is recognised by it.</param>
/// <param name="Time">When the answer was given.</param>
/// <param name="Entity">The component that answered, or the endpoint where no component is named.</param>
/// <param name="Prompt">What was asked; may be empty.</param>
/// <param name="Response">What was answered; may be empty.</param>
/// <param name="Context">What the answer was to rest on (retrieved documents); null: nothing was given.</param>
/// <param name="Reference">A known right answer; null: none.</param>
/// <param name="FinishReason">stop, length, …; null: not told.</param>
/// <param name="InputTokens">Tokens read; null: not told.</param>
/// <param name="OutputTokens">Tokens written; null: not told.</param>
/// <param name="LatencyMs">Time to the last byte; null: not told.</param>
public sealed record ResponseSample(
    string Id,
    Timestamp Time,
    EntityId Entity,
    string Prompt,
    string Response,
    string? Context = null,
    string? Reference = null,
    string? FinishReason = null,
    int? InputTokens = null,
    int? OutputTokens = null,
    double? LatencyMs = null)
{
    /// <summary>Which answer it is, never what was said: whoever writes a sample to a log must not write a conversation.</summary>
    public override string ToString() => $"{nameof(ResponseSample)} {Id} of {Entity} at {Time}";
}
