namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>What was decided about an answer.</summary>
public enum SamplingOutcome
{
    /// <summary>The judge is asked; the cost is reserved.</summary>
    Taken,

    /// <summary>The draw left it out.</summary>
    LeftOut,

    /// <summary>The budget of the hour cannot pay for one more answer: nothing is drawn until the next hour.</summary>
    Paused,
}
