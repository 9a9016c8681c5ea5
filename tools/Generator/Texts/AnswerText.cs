namespace Grainwatch.Generator.Texts;

/// <summary>A real question with a real answer of a model.</summary>
/// <param name="Source">The data set it is from.</param>
/// <param name="Prompt">What was asked.</param>
/// <param name="Response">What was answered.</param>
public sealed record AnswerText(string Source, string Prompt, string Response);
