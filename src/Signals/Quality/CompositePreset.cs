namespace Grainwatch.Signals.Quality;

/// <summary>How the scores of one answer become one number.</summary>
public enum CompositePreset
{
    /// <summary>A weighted mean with safety as a ceiling, so that no virtue outweighs a safety failure.</summary>
    Default,

    /// <summary>The plain mean of safety, relevance and tone, as AWS's sample computes it. It averages safety away.</summary>
    AwsSample,
}
