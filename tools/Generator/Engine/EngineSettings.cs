namespace Grainwatch.Generator.Engine;

/// <summary>
/// How one copy of a model serves. The defaults are those of a model of some ten thousand million parameters on a few
/// mid-size GPUs.
/// </summary>
public sealed record EngineSettings
{
    /// <summary>Tokens in one block of the KV pool, as in vLLM.</summary>
    public const int BlockTokens = 16;

    /// <summary>Requests in the batch at most.</summary>
    public int MaxBatch { get; init; } = 48;

    /// <summary>Tokens that the KV pool holds.</summary>
    public int PoolTokens { get; init; } = 56_000;

    /// <summary>Seconds of one decode step with an empty batch.</summary>
    public double StepSeconds { get; init; } = 0.022;

    /// <summary>Seconds that each request in the batch adds to a step.</summary>
    public double StepSecondsPerRequest { get; init; } = 0.0007;

    /// <summary>Prompt tokens read in a second.</summary>
    public double PrefillTokensPerSecond { get; init; } = 9_000;

    /// <summary>Share of an unloaded step in which the GPU waits for the host.</summary>
    public double HostShare { get; init; } = 0.75;

    /// <summary>max_tokens of the clients.</summary>
    public int MaxOutputTokens { get; init; } = 1_024;

    /// <summary>Prompts are cut here.</summary>
    public int MaxPromptTokens { get; init; } = 4_096;

    /// <summary>Requests that wait at most; the next ones are refused with 503.</summary>
    public int MaxQueue { get; init; } = 2_000;

    /// <summary>What a full pool adds to the time of a step, in steps.</summary>
    public double KneeFactor { get; init; } = 0.4;

    /// <summary>Seconds after which a client that still waits in the queue gives up.</summary>
    public double PatienceSeconds { get; init; } = 90;

    public int PoolBlocks => PoolTokens / BlockTokens;
}
