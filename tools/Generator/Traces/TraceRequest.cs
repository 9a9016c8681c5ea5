namespace Grainwatch.Generator.Traces;

/// <summary>One request of the trace.</summary>
/// <param name="Seconds">Since the trace began.</param>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
public readonly record struct TraceRequest(double Seconds, int PromptTokens, int OutputTokens);
