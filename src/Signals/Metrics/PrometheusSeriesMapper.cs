using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Metrics;

/// <summary>
/// Turns the label set of a Prometheus series into the series of the core: whose it is, which metric, which labels
/// remain, and how its values are decoded. A function of the labels, the mapping and the topology; it keeps no state.
/// </summary>
/// <param name="catalogue">Names, units and kinds.</param>
/// <param name="mapping">Which labels name which level.</param>
/// <param name="topology">
/// Where given, it finds the endpoint of a component or instance that only one endpoint has, and the component that a
/// variant or a model name stands for.
/// </param>
public sealed class PrometheusSeriesMapper(MetricCatalogue catalogue, PrometheusMapping mapping, TopologyMap? topology = null)
{
    private const string NameLabel = "__name__";
    private const string BoundLabel = "le";

    private readonly TopologyMap _topology = topology ?? TopologyMap.Empty;

    public PrometheusSeriesMapper()
        : this(MetricCatalogue.Default, PrometheusMapping.Default)
    {
    }

    /// <summary>Maps one label set; the order of the labels does not matter.</summary>
    public SeriesMapping Map(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        LabelSet set = LabelSet.Of(labels);
        if (set[NameLabel] is not { Length: > 0 } name)
        {
            return SeriesMapping.Refused(MappingOutcome.NoName);
        }

        if (name.EndsWith("_created", StringComparison.Ordinal))
        {
            return SeriesMapping.Refused(MappingOutcome.Ignored);
        }

        SourceMetric metric = SourceMetric.Of(catalogue, name, set[BoundLabel] is not null);
        double bound = double.NaN;
        if (metric.Part == HistogramPart.Bucket && !HistogramIncrease.TryParseBound(set[BoundLabel]!, out bound))
        {
            return SeriesMapping.Refused(MappingOutcome.BadBound);
        }

        Place place = Locate(set, name, metric);
        HashSet<string> used = [.. mapping.Dropped, .. mapping.Account, .. mapping.Region, .. place.Consumed];
        if (metric.Part == HistogramPart.Bucket)
        {
            used.Add(BoundLabel);
        }

        string[] aggregated = [.. metric.AggregatedLabels.Union(mapping.Aggregated)
            .Where(l => set[l] is not null && !place.Consumed.Contains(l)).Order(StringComparer.Ordinal)];
        used.UnionWith(aggregated);
        LabelSet residual = LabelSet.Of(set.Labels.Where(l => !used.Contains(l.Key) && l.Value.Length > 0));
        string part = LabelSet.Of(aggregated.Select(l => KeyValuePair.Create(l, set[l]!))).ToString();
        return new SeriesMapping(
            place.Entity is null ? MappingOutcome.Unmapped : MappingOutcome.Mapped,
            new SeriesKey(place.Entity ?? Unmapped(set), metric.Name, residual),
            metric.Definition,
            metric.Kind,
            metric.Scale,
            metric.IsCumulative,
            metric.Part,
            metric.Part == HistogramPart.Bucket ? bound * metric.BoundScale : double.NaN,
            part);
    }

    private static EntityId Unmapped(LabelSet set) =>
        EntityId.ForNode($"unmapped/{set["job"] ?? "unknown"}/{set["instance"] ?? "unknown"}");

    private static string WithoutPort(string address)
    {
        int colon = address.LastIndexOf(':');
        return colon > 0 && address.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') == false ? address[..colon] : address;
    }

    private Place Locate(LabelSet set, string name, SourceMetric metric)
    {
        HashSet<string> consumed = new(StringComparer.Ordinal);
        string? endpoint = Take(mapping.Endpoint, set, consumed);
        string? component = Take(mapping.Component, set, consumed);
        string? copy = Take(mapping.Copy, set, consumed);
        string? gpu = Take(mapping.Gpu, set, consumed);
        string? variant = Take(mapping.Variant, set, consumed);
        bool host = mapping.HostPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
        string? named = Take(mapping.Instance, set, consumed);
        string? instance = named ?? (host && set["instance"] is { Length: > 0 } address ? WithoutPort(address) : null);

        endpoint ??= EndpointOf(component, instance);
        if (endpoint is null)
        {
            // Nothing is named after all, so nothing is left out of the residual labels either.
            return new Place(null, []);
        }

        if (component is null && metric.IsOfEngine && mapping.Model.FirstOrDefault(l => set[l] is { Length: > 0 }) is { } label)
        {
            component = ComponentOfModel(endpoint, set[label]!);
            if (component == set[label])
            {
                consumed.Add(label);
            }
        }

        component ??= instance is null && variant is not null ? ComponentOfVariant(endpoint, variant) : null;
        endpoint = mapping.SeparateAccounts ? WithAccount(endpoint, set) : endpoint;
        EntityId entity = Entity(endpoint, component, copy, instance, gpu, host);
        if (gpu is not null && entity.Kind != EntityKind.Gpu)
        {
            consumed.ExceptWith(mapping.Gpu);
        }

        if (named is not null && entity.Kind is EntityKind.Component or EntityKind.Copy)
        {
            consumed.ExceptWith(mapping.Instance);
        }

        if (variant is not null && variant != mapping.DefaultVariant && variant != component && !IsOnlyVariant(endpoint, variant))
        {
            consumed.ExceptWith(mapping.Variant);
        }

        return new Place(entity, consumed);
    }

    private string WithAccount(string endpoint, LabelSet set)
    {
        string? account = Take(mapping.Account, set, []);
        string? region = Take(mapping.Region, set, []);
        return string.Join('/', new[] { account, region, endpoint }.OfType<string>());
    }

    private static EntityId Entity(string endpoint, string? component, string? copy, string? instance, string? gpu, bool host) =>
        instance is not null && gpu is not null ? EntityId.ForGpu(endpoint, instance, GpuIndex(gpu))
        : host && instance is not null ? EntityId.ForInstance(endpoint, instance)
        : component is not null && copy is not null ? EntityId.ForCopy(endpoint, component, copy)
        : component is not null ? EntityId.ForComponent(endpoint, component)
        : instance is not null ? EntityId.ForInstance(endpoint, instance)
        : EntityId.ForEndpoint(endpoint);

    /// <summary>SageMaker writes <c>gpu_0</c>, DCGM <c>0</c>.</summary>
    private static string GpuIndex(string gpu) =>
        gpu.StartsWith("gpu_", StringComparison.OrdinalIgnoreCase) && gpu.Length > 4 ? gpu[4..] : gpu;

    private static string? Take(IReadOnlyList<string> names, LabelSet set, HashSet<string> consumed)
    {
        string? value = null;
        foreach (string name in names)
        {
            // Every name of the level is used up: it names the same thing twice, or a thing that is none of ours.
            if (set[name] is { } found)
            {
                value ??= found.Length > 0 ? found : null;
                consumed.Add(name);
            }
        }

        return value;
    }

    private string? EndpointOf(string? component, string? instance)
    {
        string[] owners =
        [
            .. _topology.Endpoints.Where(e =>
                (component is not null && e.Components.Any(c => c.Id.Component == component))
                || (component is null && instance is not null && e.Instances.Any(i => i.Id.Instance == instance)))
            .Select(e => e.Id.Endpoint),
        ];
        return owners.Length == 1 ? owners[0] : null;
    }

    private string? ComponentOfModel(string endpoint, string model) =>
        !_topology.TryGetEndpoint(endpoint, out EndpointTopology? known) || known.Components.Any(c => c.Id.Component == model) ? model
        : known.Components.Count == 1 ? known.Components[0].Id.Component
        : null;

    private string? ComponentOfVariant(string endpoint, string variant) =>
        _topology.TryGetEndpoint(endpoint, out EndpointTopology? known) && known.Components.Any(c => c.Id.Component == variant) ? variant : null;

    private bool IsOnlyVariant(string endpoint, string variant) =>
        _topology.TryGetEndpoint(endpoint, out EndpointTopology? known) && known.Variant == variant;

    private readonly record struct Place(EntityId? Entity, HashSet<string> Consumed);
}
