namespace Grainwatch.Signals.Metrics;

/// <summary>The names of the quality dimensions. Every score is 0 to 1, and higher is better.</summary>
public static class QualityDimensions
{
    public const string Relevance = "relevance";
    public const string Completeness = "completeness";
    public const string Groundedness = "groundedness";
    public const string Accuracy = "accuracy";
    public const string Coherence = "coherence";
    public const string Refusal = "refusal";
    public const string Safety = "safety";
    public const string Privacy = "privacy";
    public const string Injection = "injection";
    public const string Tone = "tone";
    public const string Language = "language";
    public const string Integrity = "integrity";
    public const string Repetition = "repetition";
    public const string Truncation = "truncation";
    public const string Empty = "empty";
    public const string Characters = "characters";
    public const string Script = "script";
    public const string Numbers = "numbers";
    public const string Json = "json";
    public const string Code = "code";
    public const string Citation = "citation";
    public const string Composite = "composite";

    /// <summary>Every dimension, in the order in which cards print them; the parts of integrity follow it.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Relevance, Completeness, Groundedness, Accuracy, Coherence, Refusal, Safety, Privacy, Injection, Tone, Language,
        Integrity, Repetition, Truncation, Empty, Characters, Script, Numbers, Json, Code, Citation, Composite,
    ];
}
