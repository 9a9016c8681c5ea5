using Grainwatch.Generator.Engine;

namespace Grainwatch.Generator.Fleet;

/// <summary>One inference component. It has one copy on every instance of its endpoint.</summary>
/// <param name="Name">Unique in the endpoint.</param>
/// <param name="Dialect">Whose metric names its engine speaks.</param>
/// <param name="Engine">How a copy serves.</param>
/// <param name="RequestsPerSecond">Arrivals for each copy.</param>
/// <param name="FirstGpu">Index of the first GPU of a copy on its instance.</param>
/// <param name="Gpus">GPUs of a copy.</param>
public sealed record ComponentSpec(
    string Name, MetricDialect Dialect, EngineSettings Engine, double RequestsPerSecond, int FirstGpu, int Gpus)
{
    /// <summary>What the prompts of the trace are multiplied with.</summary>
    public double PromptFactor { get; init; } = 1.0;

    /// <summary>What the answers of the trace are multiplied with.</summary>
    public double OutputFactor { get; init; } = 1.0;

    /// <summary>A fixed number of clients that ask again when they are answered; null: arrivals of the trace.</summary>
    public int? Clients { get; init; }
}
