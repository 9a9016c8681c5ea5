namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>How many answers the judge gets to see, and what they may cost.</summary>
/// <remarks>All probabilities lie in [<see cref="ProbabilityMin"/>, 1].</remarks>
public sealed record SamplingPolicy
{
    public static SamplingPolicy Default { get; } = new();

    /// <summary>Of an ordinary answer. The default is 0.05.</summary>
    public double Normal { get; init; } = 0.05;

    /// <summary>While a verdict about the component is true. The default is 0.2.</summary>
    public double UnderStress { get; init; } = 0.2;

    /// <summary>Of an answer that ended in an error or was cut off. The default is 0.5.</summary>
    public double ErrorOrTruncated { get; init; } = 0.5;

    /// <summary>Of an answer with a low deterministic score. The default is 0.5.</summary>
    public double LowDeterministicScore { get; init; } = 0.5;

    /// <summary>A deterministic score below this is low. The default is 0.5.</summary>
    public double LowScore { get; init; } = 0.5;

    /// <summary>pMin: no answer is drawn with less while the stream runs. The default is 0.005; must be at least 0.001.</summary>
    public double ProbabilityMin { get; init; } = 0.005;

    /// <summary>Judge tokens an hour. The default is 500,000.</summary>
    public long TokensAnHour { get; init; } = 500_000;

    /// <summary>Millionths of the currency unit an hour. The default is 5,000,000.</summary>
    public long MicrosAnHour { get; init; } = 5_000_000;

    /// <summary>What one judged answer reserves: the judge's input is cut to fit. The default is 4,000.</summary>
    public long TokensPerAnswer { get; init; } = 4_000;

    /// <summary>Millionths of the currency unit that one judged answer reserves. The default is 20,000.</summary>
    public long MicrosPerAnswer { get; init; } = 20_000;

    /// <summary>Arrivals an hour before any were seen. The default is 600.</summary>
    public double PriorArrivalsAnHour { get; init; } = 600;

    /// <summary>Request ids that are remembered. The default is 8,192.</summary>
    public int IdsMax { get; init; } = 8_192;

    /// <summary>The probability that a stratum asks for.</summary>
    public double ProbabilityOf(SamplingStratum stratum) => stratum switch
    {
        SamplingStratum.LowDeterministicScore => LowDeterministicScore,
        SamplingStratum.ErrorOrTruncated => ErrorOrTruncated,
        SamplingStratum.UnderStress => UnderStress,
        _ => Normal,
    };

    /// <summary>Everything that is wrong with these numbers, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (ProbabilityMin is not (>= 0.001 and <= 1))
        {
            faults.Add("ProbabilityMin must be in 0.001 .. 1.");
        }

        foreach (SamplingStratum stratum in Enum.GetValues<SamplingStratum>())
        {
            if (!(ProbabilityOf(stratum) >= ProbabilityMin && ProbabilityOf(stratum) <= 1))
            {
                faults.Add($"The probability of {stratum} must be in ProbabilityMin .. 1.");
            }
        }

        if (TokensAnHour < 0 || MicrosAnHour < 0 || TokensPerAnswer <= 0 || MicrosPerAnswer < 0)
        {
            faults.Add("Budgets must not be negative, and an answer must cost at least one token.");
        }

        if (IdsMax <= 0 || !(PriorArrivalsAnHour > 0))
        {
            faults.Add("IdsMax and PriorArrivalsAnHour must be positive.");
        }

        return faults;
    }
}
