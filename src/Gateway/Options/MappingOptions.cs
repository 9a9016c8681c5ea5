using Grainwatch.Hosting.Options;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Gateway.Options;

/// <summary>
/// Which labels and attributes name which level; see <c>docs/metrics.md</c>. Of each list the first name that a series
/// carries counts. A list that is given replaces the one of the product.
/// </summary>
public sealed class MappingOptions : SectionOptions
{
    public const string Section = "Grainwatch:Mapping";

    /// <summary>Used where <see cref="SeparateAccounts"/> is on, else dropped.</summary>
    public IReadOnlyList<string> Account { get; set; } = PrometheusMapping.Default.Account;

    /// <summary>Used where <see cref="SeparateAccounts"/> is on, else dropped.</summary>
    public IReadOnlyList<string> Region { get; set; } = PrometheusMapping.Default.Region;

    /// <summary>True: endpoints of the same name in two accounts or regions are two, named <c>account/region/endpoint</c>.</summary>
    public bool SeparateAccounts { get; set; }

    public IReadOnlyList<string> Endpoint { get; set; } = PrometheusMapping.Default.Endpoint;

    public IReadOnlyList<string> Variant { get; set; } = PrometheusMapping.Default.Variant;

    public IReadOnlyList<string> Component { get; set; } = PrometheusMapping.Default.Component;

    /// <summary>Names a component only of a serving engine, and only where no other label does.</summary>
    public IReadOnlyList<string> Model { get; set; } = PrometheusMapping.Default.Model;

    public IReadOnlyList<string> Copy { get; set; } = PrometheusMapping.Default.Copy;

    public IReadOnlyList<string> Instance { get; set; } = PrometheusMapping.Default.Instance;

    public IReadOnlyList<string> Gpu { get; set; } = PrometheusMapping.Default.Gpu;

    /// <summary>Metrics of a machine: for these the scraped address names the instance where no label does.</summary>
    public IReadOnlyList<string> HostPrefixes { get; set; } = PrometheusMapping.Default.HostPrefixes;

    /// <summary>Labels that are left out: they say how a series was collected, or describe what is named already.</summary>
    public IReadOnlyList<string> Dropped { get; set; } = PrometheusMapping.Default.Dropped;

    /// <summary>Labels that tell parts of one series, which are added up or averaged; beside those of the catalogue.</summary>
    public IReadOnlyList<string> Aggregated { get; set; } = PrometheusMapping.Default.Aggregated;

    /// <summary>The mapping that these options describe.</summary>
    public PrometheusMapping ToMapping() => new()
    {
        Account = Account,
        Region = Region,
        SeparateAccounts = SeparateAccounts,
        Endpoint = Endpoint,
        Variant = Variant,
        Component = Component,
        Model = Model,
        Copy = Copy,
        Instance = Instance,
        Gpu = Gpu,
        HostPrefixes = HostPrefixes,
        Dropped = Dropped,
        Aggregated = Aggregated,
    };
}
