using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Correlation;

/// <summary>
/// Folds the verdicts of one endpoint into incidents, names their causes and decides what is sent. Key: the
/// <see cref="EntityId.Key"/> of the endpoint.
/// </summary>
[Alias("grainwatch.ICorrelationGrain")]
public interface ICorrelationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes verdicts in; the clock of the endpoint's incidents comes as far as <paramref name="asOf"/>. Everything that is needed of the
    /// endpoint comes with the call: an endpoint that is about to move answers nobody until this call has ended.
    /// </summary>
    /// <param name="verdicts">What changed, reached its hold, or is told again.</param>
    /// <param name="asOf">Event time up to which the endpoint has judged.</param>
    /// <param name="topology">Of the endpoint; without its document where the number has been told.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What is open afterwards; null: nothing was taken in, since the document of that topology is not known here.</returns>
    [Alias("Report")]
    Task<IncidentCount?> Report([Immutable] Verdict[] verdicts, Timestamp asOf, TopologyVersion topology, CancellationToken cancellationToken);

    /// <summary>Takes in what became of an attempt at a notification.</summary>
    [Alias("Answer")]
    Task Answer(DeliveryAnswer answer, CancellationToken cancellationToken);

    /// <summary>Wakes it: what is open is stored, and goes on from there although nobody reports.</summary>
    [Alias("Wake")]
    Task<CorrelationClock> Wake(CancellationToken cancellationToken);

    /// <summary>Its home is another silo by now, or this silo is about to end: it moves there when its turn ends.</summary>
    [Alias("GoHome")]
    Task GoHome();

    /// <summary>Takes the silences in.</summary>
    /// <returns>From when what they match reaches no receiver, by the clock on the wall.</returns>
    [Alias("Silence")]
    Task<Timestamp> Silence(SilenceBook book, CancellationToken cancellationToken);

    /// <summary>Other rules are in force: takes them, and ends what they no longer ask for.</summary>
    /// <param name="version">At least this one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("UseRules")]
    Task UseRules(long version, CancellationToken cancellationToken);

    /// <summary>Somebody takes care of an incident: it is not repeated until it ends or becomes more severe.</summary>
    /// <returns>False: no such incident is open.</returns>
    [Alias("Acknowledge")]
    Task<bool> Acknowledge(string incidentId, string by, CancellationToken cancellationToken);

    /// <summary>Keeps what somebody thinks of an incident with its history.</summary>
    /// <param name="incidentId">Open, or remembered.</param>
    /// <param name="word">A word without fault; one of an id that is there is the repetition of a request.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("GiveFeedback")]
    Task<FeedbackOutcome> GiveFeedback(string incidentId, FeedbackView word, CancellationToken cancellationToken);

    /// <summary>Sends a marked test page.</summary>
    /// <returns>False: there is no such receiver.</returns>
    [Alias("RequestTest")]
    Task<bool> RequestTest(string receiver, string requestId, CancellationToken cancellationToken);

    /// <summary>What became of a test page; null: nothing yet.</summary>
    [Alias("GetTest"), AlwaysInterleave]
    Task<TestPage?> GetTest(string requestId, CancellationToken cancellationToken);

    /// <summary>Forgets everything that was stored of this endpoint's incidents: a recording starts anew.</summary>
    [Alias("Reset")]
    Task Reset(CancellationToken cancellationToken);

    /// <summary>Incidents of this endpoint, the newest first.</summary>
    [Alias("GetIncidents"), AlwaysInterleave]
    Task<IncidentView[]> GetIncidents(CancellationToken cancellationToken);

    /// <summary>Where one alert stands on its way to people, and what holds it back.</summary>
    [Alias("ExplainAlert"), AlwaysInterleave]
    Task<AlertExplanationView> ExplainAlert(string fingerprint, CancellationToken cancellationToken);

    /// <summary>Alert instances that are anything but normal.</summary>
    [Alias("GetAlerts"), AlwaysInterleave]
    Task<AlertView[]> GetAlerts(CancellationToken cancellationToken);
}
