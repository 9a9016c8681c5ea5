using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation;

/// <summary>Lengths and thresholds of the correlator. The defaults were fixed on the development data and then frozen.</summary>
public sealed record CorrelatorOptions
{
    public static CorrelatorOptions Default { get; } = new();

    /// <summary>
    /// The incident is looked for from this long before the request's time. The default is 10 minutes; at least two intervals
    /// of the series are taken.
    /// </summary>
    public TimeSpan LookBack { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The incident is looked for until this long after the request's time. The default is 10 minutes; at least three
    /// intervals of the series are taken.
    /// </summary>
    public TimeSpan LookAhead { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Length of the stretch "just before" the onset. The default is 5 minutes; at least two intervals are taken.</summary>
    public TimeSpan JustBefore { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A change event counts for an incident that begins at most this long after it. The default is 60 minutes.</summary>
    public TimeSpan EventReach { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Within this time an exhaustion forecast is worth a page. The default is 4 hours.</summary>
    public TimeSpan ExhaustionHorizon { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How late and how early a source may stamp a bucket: onset intervals are widened by it on both sides. The default is zero.</summary>
    public TimeSpan SettleSkew { get; init; } = TimeSpan.Zero;

    /// <summary>A bucket is abnormal from this deviation on. The default is 3.</summary>
    public double AbnormalZ { get; init; } = 3.0;

    /// <summary>An entity is a candidate, and the target worth a diagnosis, from this deviation on. The default is 2.</summary>
    public double CandidateZ { get; init; } = 2.0;

    /// <summary>Deviations are limited to this, so that nothing is a million spreads. The default is 40.</summary>
    public double MaxZ { get; init; } = 40.0;

    /// <summary>At most this many points of a series, the newest, make its long normal. The default is 4096.</summary>
    public int MaxReferencePoints { get; init; } = 4096;

    /// <summary>At most this many series are looked at, those of the target's surroundings first. The default is 20,000.</summary>
    public int MaxSeries { get; init; } = 20_000;

    /// <summary>Names, units and directions.</summary>
    public MetricCatalogue Catalogue { get; init; } = MetricCatalogue.Default;
}
