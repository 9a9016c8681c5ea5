using Grainwatch.Generator.Engine;
using Grainwatch.Generator.Traces;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Generator.Fleet;

/// <summary>One component: its traffic, and its copies behind a router that picks the least busy one.</summary>
public sealed class ComponentModel(string endpoint, ComponentSpec spec, IReadOnlyList<CopyModel> copies, ulong seed)
{
    private const int Layers = 4;
    private const int MinPromptTokens = 8;
    private const int MinOutputTokens = 4;
    private const double PressureStart = 0.85;

    private readonly TraceArrivals _arrivals = new(seed, endpoint + "/" + spec.Name, Layers);
    private readonly Dice _dice = Dice.For(seed, "component " + endpoint + "/" + spec.Name);
    private int _nextSize;

    public ComponentSpec Spec { get; } = spec;

    public EntityId Id { get; } = EntityId.ForComponent(endpoint, spec.Name);

    public IReadOnlyList<CopyModel> Copies { get; } = copies;

    public TrafficConditions Traffic { get; } = new();

    /// <summary>Rows of the scenario for this interval: events.</summary>
    public List<(string Metric, double Value)> Events { get; } = [];

    public string Entity { get; } = endpoint + "/" + spec.Name;

    public void Arrive(double now)
    {
        if (Traffic.Clients is { } clients)
        {
            for (int inFlight = Copies.Sum(c => c.InFlight); inFlight < clients; inFlight++)
            {
                Send(Sized(AzureTrace.Requests[_nextSize++ % AzureTrace.Requests.Count] with { Seconds = now }));
            }

            return;
        }

        double rate = Spec.RequestsPerSecond * Copies.Count * Traffic.ArrivalFactor;
        double share = Math.Min(1.0, rate / (TraceArrivals.LayerRate * Layers));
        foreach (TraceRequest request in _arrivals.Until(now, share))
        {
            Send(Sized(request));
        }
    }

    private EngineRequest Sized(TraceRequest request)
    {
        EngineSettings engine = Spec.Engine;
        double promptTokens = request.PromptTokens * Spec.PromptFactor * Traffic.PromptFactor;
        double outputTokens = request.OutputTokens * Spec.OutputFactor;
        int prompt = Math.Clamp((int)promptTokens, MinPromptTokens, engine.MaxPromptTokens);
        int output = Math.Clamp((int)outputTokens, MinOutputTokens, engine.MaxOutputTokens);
        bool endless = _dice.Chance(Traffic.EndlessShare);
        double kv = Copies.Average(c => c.Engine.KvUsage);
        double pressure = Math.Clamp((kv - PressureStart) / (1 - PressureStart), 0, 1) * Traffic.DamagedShareUnderPressure;
        bool damaged = endless || _dice.Chance(pressure);
        return new EngineRequest(request.Seconds, prompt, endless ? engine.MaxOutputTokens : output)
        {
            Endless = endless,
            Damaged = damaged,
        };
    }

    private void Send(EngineRequest request)
    {
        // A copy that fails everything looks idle. Its health check has not seen it yet, so it keeps its share, no more.
        CopyModel target = _dice.Of(Copies);
        foreach (CopyModel copy in target.Engine.Conditions.Down ? [] : Copies)
        {
            target = copy.InFlight < target.InFlight && !copy.Engine.Conditions.Down ? copy : target;
        }

        target.Engine.Arrive(request, _dice);
    }
}
