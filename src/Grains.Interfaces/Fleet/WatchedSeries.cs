namespace Grainwatch.Grains.Interfaces.Fleet;

/// <summary>
/// One series that an endpoint had lately: enough to know that somebody speaks no more, when all windows are lost and nobody calls.
/// </summary>
/// <param name="Entity">Key of the endpoint or the component whose it is.</param>
/// <param name="Metric">Its base name.</param>
/// <param name="Statistic">average, p99, ...; null for points.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.watched-series")]
public sealed record WatchedSeries([property: Id(0)] string Entity, [property: Id(1)] string Metric, [property: Id(2)] string? Statistic)
{
    /// <summary>Series that are remembered of one endpoint: one for each component, up to this many.</summary>
    public const int Max = 64;
}
