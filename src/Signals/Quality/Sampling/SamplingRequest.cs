namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>What may be known of an answer before it is decided whether the judge sees it.</summary>
/// <param name="Id">The request id.</param>
/// <param name="Time">When the answer was given.</param>
/// <param name="UnderStress">Whether a verdict about the component is true.</param>
/// <param name="FinishReason">As the model told it; null: not told.</param>
/// <param name="Failed">Whether it ended in an error.</param>
/// <param name="LowestDeterministicScore">The least score of the checks that need no model; null: none applied.</param>
public readonly record struct SamplingRequest(
    string Id,
    Timestamp Time,
    bool UnderStress,
    string? FinishReason,
    bool Failed,
    double? LowestDeterministicScore)
{
    /// <summary>The stratum, by precedence.</summary>
    public SamplingStratum Stratum(double lowScore) =>
        LowestDeterministicScore < lowScore ? SamplingStratum.LowDeterministicScore
        : Failed || FinishReason is "length" or "error" or "content_filter" ? SamplingStratum.ErrorOrTruncated
        : UnderStress ? SamplingStratum.UnderStress
        : SamplingStratum.Normal;
}
