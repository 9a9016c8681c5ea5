namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What an e-detector looks out for.</summary>
public enum EDirection
{
    /// <summary>The mean fell below the threshold; null hypothesis: it is at least the threshold.</summary>
    Below,

    /// <summary>The mean rose above the threshold; null hypothesis: it is at most the threshold.</summary>
    Above,
}
