using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>
/// One endpoint: owner of its window block, in which its components and GPUs hold their columns. Key: the
/// <see cref="EntityId.Key"/> of the endpoint (or of a generic node).
/// </summary>
[Alias("grainwatch.IEndpointGrain")]
public interface IEndpointGrain : IGrainWithStringKey
{
    /// <summary>Tells what exists. Series of entities that were never declared are taken in as well.</summary>
    /// <param name="topologyJson">A topology document that holds this endpoint, among others maybe.</param>
    /// <param name="clock">Which clock this endpoint lives by.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Declare")]
    Task Declare(string topologyJson, ClockDomain clock, CancellationToken cancellationToken);

    /// <summary>Takes points in and judges the rows that they complete.</summary>
    [Alias("Write")]
    Task<WriteReceipt> Write([Immutable] SeriesWrite[] batch, CancellationToken cancellationToken);

    /// <summary>Says that a row of the leased windows became whole without a call of <see cref="Write"/>: it is judged.</summary>
    [Alias("RowIsWhole")]
    Task RowIsWhole(CancellationToken cancellationToken);

    /// <summary>Takes scores of answers in.</summary>
    [Alias("Score")]
    Task Score([Immutable] QualityScore[] scores, CancellationToken cancellationToken);

    /// <summary>Says that event time has come this far: what is still open up to then is judged.</summary>
    [Alias("Advance")]
    Task Advance(Timestamp now, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="Advance"/>, and nobody is told: what was judged before a restart is judged again, so that windows,
    /// detectors and held times are what they were.
    /// </summary>
    [Alias("Rehydrate")]
    Task Rehydrate(Timestamp now, CancellationToken cancellationToken);

    /// <summary>
    /// Its shard has not heard of it: from now on it judges although nobody writes, and what it had before is missed. Changes nothing
    /// where there are data.
    /// </summary>
    /// <param name="watched">What its shard remembers of it.</param>
    [Alias("Watch")]
    Task Watch([Immutable] WatchedSeries[] watched);

    /// <summary>Its home is another silo by now, or this silo is about to end: it moves there, with its windows, when its turn ends.</summary>
    [Alias("GoHome")]
    Task GoHome();

    /// <summary>An activation of this endpoint has ended somewhere: what it left is taken in.</summary>
    [Alias("TakeOver")]
    Task TakeOver();

    /// <summary>Forgets what its quality detectors have learnt, stored or not: a recording starts anew.</summary>
    [Alias("ForgetBaselines")]
    Task ForgetBaselines(CancellationToken cancellationToken);

    /// <summary>Other rules are in force: takes them, and tells what they say of the windows that it holds.</summary>
    /// <param name="version">At least this one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("UseRules")]
    Task UseRules(long version, CancellationToken cancellationToken);

    /// <summary>Judges a candidate over a copy of the windows, beside the rules of the present; nothing is told and nothing
    /// changes.</summary>
    /// <param name="candidate">A rule file without fault.</param>
    /// <param name="isWhole">True: it would replace the whole set.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("WhatIf"), AlwaysInterleave]
    Task<TrialView> WhatIf(string candidate, bool isWhole, CancellationToken cancellationToken);

    /// <summary>Why a rule is, or was, what it is for an entity, and where its alert stands now.</summary>
    /// <param name="rule">Its id.</param>
    /// <param name="entity">As people write it, or its key.</param>
    /// <param name="at">Event time within the windows; null: now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Explain"), AlwaysInterleave]
    Task<ExplanationView> Explain(string rule, string entity, Timestamp? at, CancellationToken cancellationToken);

    /// <summary>The state for people.</summary>
    [Alias("GetState"), AlwaysInterleave]
    Task<EndpointView> GetState(CancellationToken cancellationToken);

    /// <summary>The state of one entity below; null when the endpoint does not know it.</summary>
    [Alias("GetEntity"), AlwaysInterleave]
    Task<EntityView?> GetEntity(EntityId entity, CancellationToken cancellationToken);

    /// <summary>What exists below this endpoint, declared or discovered.</summary>
    [Alias("GetTopology"), AlwaysInterleave]
    Task<TopologyVersion> GetTopology(CancellationToken cancellationToken);

    /// <summary>All series in a stretch of event time, for a diagnosis or a chart.</summary>
    [Alias("Export"), AlwaysInterleave]
    Task<SeriesData[]> Export(Timestamp from, Timestamp to, CancellationToken cancellationToken);
}
