namespace Grainwatch.Generator.Engine;

/// <summary>One request on its way through an engine.</summary>
public sealed class EngineRequest(double arrivalSeconds, int promptTokens, int outputTokens)
{
    public double ArrivalSeconds { get; } = arrivalSeconds;

    public int PromptTokens { get; } = promptTokens;

    /// <summary>Tokens after which the answer ends.</summary>
    public int OutputTokens { get; } = outputTokens;

    /// <summary>True when the answer is damaged by the fault of the scenario.</summary>
    public bool Damaged { get; init; }

    /// <summary>True when the answer ends because it reached max_tokens.</summary>
    public bool Endless { get; init; }

    /// <summary>True for the few that occupy the pool in a scenario and never end.</summary>
    public bool Pinned { get; init; }

    /// <summary>Tokens that still have to be read before the next one is written.</summary>
    public double PrefillLeft { get; set; } = promptTokens;

    public double Generated { get; set; }

    public double? FirstTokenSeconds { get; set; }

    /// <summary>KV blocks held now.</summary>
    public int Blocks { get; set; }

    public int BlocksNeeded => (int)Math.Ceiling((PromptTokens + Generated + 1) / EngineSettings.BlockTokens);
}
