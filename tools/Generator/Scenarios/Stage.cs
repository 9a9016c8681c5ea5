using Grainwatch.Generator.Engine;
using Grainwatch.Generator.Fleet;

namespace Grainwatch.Generator.Scenarios;

/// <summary>
/// Where a scenario plays: names, sizes, times and doses. Variant 0 is the plain one; others draw them from the seed, so
/// that nothing can be tuned to one file.
/// </summary>
public sealed class Stage
{
    private static readonly string[] Endpoints = ["chat", "support-eu", "copilot", "tutor", "helpdesk"];
    private static readonly (string Main, string Side)[] Components =
        [("assist", "draft"), ("answer", "suggest"), ("llama-70b", "llama-8b"), ("main", "rewrite"), ("agent", "summary")];

    private readonly Dice _dice;

    public Stage(ulong seed, int variant, int? instances = null, int? gpus = null)
    {
        _dice = Dice.For(seed, "stage");
        bool plain = variant == 0;
        (string main, string side) = plain ? Components[0] : _dice.Of(Components);
        string endpoint = plain ? Endpoints[0] : _dice.Of(Endpoints);
        int instanceCount = instances ?? (plain ? 2 : 1 + _dice.Below(3));
        Gpus = gpus ?? (plain ? 4 : _dice.Of([2, 4, 8]));
        Instances = [.. Enumerable.Range(0, instanceCount).Select(_ => $"i-{_dice.Next() & 0xffffff:x6}")];
        Endpoint = endpoint;
        MainName = main;
        SideName = side;
        Dose = plain ? 1.0 : _dice.Between(0.9, 1.15);
        Onset = plain ? 45.0 : Math.Round(_dice.Between(42, 50) * 6) / 6;
        Rate = plain ? 1.0 : _dice.Between(0.85, 1.12);
        FaultyGpu = _dice.Below(Gpus);
        FaultyInstance = _dice.Below(instanceCount);
    }

    public string Endpoint { get; }

    public string MainName { get; }

    public string SideName { get; }

    public IReadOnlyList<string> Instances { get; }

    public int Gpus { get; }

    /// <summary>How strong the fault is, about 1.</summary>
    public double Dose { get; }

    /// <summary>Minute at which it begins.</summary>
    public double Onset { get; }

    /// <summary>How busy the fleet is, about 1.</summary>
    public double Rate { get; }

    public int FaultyGpu { get; }

    public int FaultyInstance { get; }

    public string Main => $"{Endpoint}/{MainName}";

    public string Side => $"{Endpoint}/{SideName}";

    public string Instance => $"{Endpoint}/{Instances[FaultyInstance]}";

    public string Gpu => $"{Instance}/{FaultyGpu}";

    public IReadOnlyList<string> GpusOfInstance => [.. Enumerable.Range(0, Gpus).Select(g => $"{Instance}/{g}")];

    /// <summary>The usual fleet: two components that share every GPU of the busy endpoint, and a quiet endpoint.</summary>
    public IReadOnlyList<EndpointSpec> Fleet(
        MetricDialect dialect = MetricDialect.Vllm,
        Func<ComponentSpec, ComponentSpec>? main = null,
        Func<ComponentSpec, ComponentSpec>? side = null,
        bool shared = true,
        int memoryMib = 46_068)
    {
        ComponentSpec first = new(MainName, dialect, new EngineSettings(), 1.15 * Rate, 0, Gpus);
        EngineSettings small = new() { PoolTokens = 40_000, StepSeconds = 0.014, MaxBatch = 32 };
        ComponentSpec second = new(SideName, MetricDialect.EngineLog, small, 0.7 * Rate, 0, Gpus)
        {
            OutputFactor = 0.7,
        };
        List<ComponentSpec> components = [main is null ? first : main(first)];
        if (shared)
        {
            components.Add(side is null ? second : side(second));
        }

        EngineSettings tiny = new() { PoolTokens = 24_000, StepSeconds = 0.012 };
        ComponentSpec quiet = new("rank", MetricDialect.EngineLog, tiny, 0.35, 0, 1)
        {
            OutputFactor = 0.4,
        };
        return
        [
            new EndpointSpec(Endpoint, "ml.g6e.12xlarge", Instances, Gpus, memoryMib, components),
            new EndpointSpec("search", "ml.g6e.xlarge", ["i-5ea9c4"], 1, 46_068, [quiet]),
        ];
    }
}
