namespace Grainwatch.Generator.Engine;

/// <summary>What one engine did in one reporting interval.</summary>
public sealed class EngineInterval
{
    public int Arrived { get; set; }

    public int Failed { get; set; }

    public int Preempted { get; set; }

    public double PromptTokensOfArrivals { get; set; }

    public double PrefillTokens { get; set; }

    public double GeneratedTokens { get; set; }

    public double BusySeconds { get; set; }

    public double KernelSeconds { get; set; }

    public List<FinishedRequest> Finished { get; } = [];

    public List<double> FirstTokenSeconds { get; } = [];

    public void Clear()
    {
        Arrived = Failed = Preempted = 0;
        PromptTokensOfArrivals = PrefillTokens = GeneratedTokens = BusySeconds = KernelSeconds = 0.0;
        Finished.Clear();
        FirstTokenSeconds.Clear();
    }
}
