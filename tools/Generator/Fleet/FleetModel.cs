using System.Text.Json.Nodes;
using Grainwatch.Generator.Engine;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Generator.Fleet;

/// <summary>The small fleet that a recording shows, advanced in steps of a quarter second.</summary>
/// <remarks>
/// Engines on the same GPUs take turns: the busier the others were in the last step, the smaller the share that is left.
/// GPUs of a copy work in lock step, so its slowest GPU sets the pace.
/// </remarks>
public sealed class FleetModel
{
    public const double StepSeconds = 0.25;

    private const double Contention = 0.75;

    private readonly Dictionary<GpuModel, List<CopyModel>> _onGpu = [];

    public FleetModel(IReadOnlyList<EndpointSpec> endpoints, ulong seed)
    {
        Endpoints = endpoints;
        foreach (EndpointSpec endpoint in endpoints)
        {
            List<InstanceModel> instances = [.. endpoint.Instances.Select(i => Furnish(endpoint, $"{endpoint.Name}/{i}"))];
            Instances.AddRange(instances);
            foreach (ComponentSpec spec in endpoint.Components)
            {
                CopyModel[] copies = [.. instances.Select((instance, i) => Place(endpoint.Name, spec, instance, i))];
                Components.Add(new ComponentModel(endpoint.Name, spec, copies, seed));
            }
        }
    }

    public IReadOnlyList<EndpointSpec> Endpoints { get; }

    public List<InstanceModel> Instances { get; } = [];

    public List<ComponentModel> Components { get; } = [];

    public ComponentModel Component(string entity) => Components.Single(c => c.Entity == entity);

    public InstanceModel Instance(string entity) => Instances.Single(i => i.Entity == entity);

    public GpuModel Gpu(string entity) => Instances.SelectMany(i => i.Gpus).Single(g => g.Entity == entity);

    /// <summary>Makes all conditions neutral, before the scenario sets its own for the step.</summary>
    public void ResetConditions()
    {
        Instances.ForEach(i => i.Reset());
        Instances.SelectMany(i => i.Gpus).ToList().ForEach(g => g.Reset());
        foreach (ComponentModel component in Components)
        {
            component.Traffic.Reset(component.Spec.Clients);
            foreach (CopyModel copy in component.Copies)
            {
                copy.Engine.Conditions.Reset();
            }
        }
    }

    public void Step(double now)
    {
        double[] shares = [.. AllCopies().Select(ShareLeftTo)];
        int next = 0;
        foreach (ComponentModel component in Components)
        {
            component.Arrive(now);
            foreach (CopyModel copy in component.Copies)
            {
                copy.Engine.Conditions.Speed *= copy.Gpus.Min(g => g.Speed);
                copy.Engine.Step(now, StepSeconds, shares[next++]);
            }
        }
    }

    /// <summary>Utilisation of a GPU: something runs on it unless nothing does.</summary>
    public double UtilizationOf(GpuModel gpu, double intervalSeconds)
    {
        double idle = 1.0;
        foreach (CopyModel copy in _onGpu.GetValueOrDefault(gpu, []))
        {
            idle *= 1.0 - Math.Min(1.0, copy.Engine.Interval.KernelSeconds / intervalSeconds);
        }

        return 1.0 - idle;
    }

    public string TopologyJson()
    {
        JsonArray endpoints = [];
        foreach (EndpointSpec endpoint in Endpoints)
        {
            int gpus = endpoint.GpusPerInstance;
            JsonArray instances = [.. endpoint.Instances.Select(i => new JsonObject { ["id"] = i, ["gpus"] = gpus })];
            JsonArray components = [.. endpoint.Components.Select(c => new JsonObject
            {
                ["name"] = c.Name,
                ["gpusPerCopy"] = c.Gpus,
                ["copies"] = new JsonArray([.. endpoint.Instances.Select((instance, i) => new JsonObject
                {
                    ["id"] = $"{i}",
                    ["instance"] = instance,
                    ["gpus"] = new JsonArray([.. Enumerable.Range(c.FirstGpu, c.Gpus).Select(g => JsonValue.Create(g))]),
                })]),
            })];
            endpoints.Add((JsonNode)new JsonObject
            {
                ["name"] = endpoint.Name,
                ["instanceType"] = endpoint.InstanceType,
                ["instances"] = instances,
                ["components"] = components,
            });
        }

        return new JsonObject { ["endpoints"] = endpoints }.ToJsonString(JsonText.Indented) + "\n";
    }

    private IEnumerable<CopyModel> AllCopies() => Components.SelectMany(c => c.Copies);

    private static InstanceModel Furnish(EndpointSpec endpoint, string entity) => new(
        entity,
        [.. Enumerable.Range(0, endpoint.GpusPerInstance).Select(g => new GpuModel($"{entity}/{g}", endpoint.GpuMemoryMib))]);

    private CopyModel Place(string endpoint, ComponentSpec spec, InstanceModel instance, int index)
    {
        List<GpuModel> gpus = [.. instance.Gpus.Skip(spec.FirstGpu).Take(spec.Gpus)];
        string key = EntityId.ForCopy(endpoint, spec.Name, $"{index}").Key;
        CopyModel copy = new($"{index}", key, new ServingEngine(spec.Engine), instance, gpus);
        foreach (GpuModel gpu in gpus)
        {
            if (!_onGpu.TryGetValue(gpu, out List<CopyModel>? copies))
            {
                _onGpu[gpu] = copies = [];
            }

            copies.Add(copy);
        }

        return copy;
    }

    private double ShareLeftTo(CopyModel copy)
    {
        double others = copy.Gpus.Max(g => _onGpu[g].Where(c => c != copy).Sum(c => c.Engine.Utilization));
        return 1.0 / (1.0 + (Contention * others));
    }
}
