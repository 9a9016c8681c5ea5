namespace Grainwatch.Generator.Fleet;

/// <summary>What acts on the requests and answers of a component in one step. Neutral unless a scenario says otherwise.</summary>
public sealed class TrafficConditions
{
    public double ArrivalFactor { get; set; } = 1.0;

    public double PromptFactor { get; set; } = 1.0;

    /// <summary>Share of the answers that run to max_tokens; they are damaged.</summary>
    public double EndlessShare { get; set; }

    /// <summary>Share of answers that are damaged when the KV pool is full; none at 85 % and below.</summary>
    public double DamagedShareUnderPressure { get; set; }

    /// <summary>Scores of a damaged answer by dimension; what is not named is not touched.</summary>
    public IReadOnlyDictionary<string, double> DamageScores { get; set; } = NoScores;

    /// <summary>Added to the scores of every answer, by dimension.</summary>
    public Dictionary<string, double> ScoreShift { get; } = new(StringComparer.Ordinal);

    /// <summary>Share of judged answers without a score.</summary>
    public double UnknownShare { get; set; }

    /// <summary>Clients that ask again when they are answered; null: arrivals of the trace.</summary>
    public int? Clients { get; set; }

    private static IReadOnlyDictionary<string, double> NoScores { get; } = new Dictionary<string, double>();

    public void Reset(int? clients)
    {
        ArrivalFactor = PromptFactor = 1.0;
        EndlessShare = DamagedShareUnderPressure = UnknownShare = 0.0;
        DamageScores = NoScores;
        ScoreShift.Clear();
        Clients = clients;
    }
}
